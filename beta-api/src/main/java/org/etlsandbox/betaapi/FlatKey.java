package org.etlsandbox.betaapi;

import jakarta.persistence.Embeddable;

@Embeddable
record FlatKey(long rentalId, long paymentId, long categoryId) {}
