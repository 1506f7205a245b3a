package org.etlsandbox.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bounded page of changed rows.
 *
 * @param next where the next page begins, null when this was the last one
 */
public record ChangePage(List<Change> changes, @Nullable ChangePosition next) {}
