package org.etlsandbox.betaapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of flats.
 *
 * @param next the cursor of the page that follows; null on the last one
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
record FlatPage(List<FlatResponse> items, @Nullable String next) {}
