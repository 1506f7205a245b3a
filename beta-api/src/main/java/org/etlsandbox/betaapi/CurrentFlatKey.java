package org.etlsandbox.betaapi;

import jakarta.persistence.Embeddable;

@Embeddable
record CurrentFlatKey(long rentalId, long paymentId, long categoryId) {}
