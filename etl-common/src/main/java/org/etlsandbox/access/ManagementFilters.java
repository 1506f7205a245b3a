package org.etlsandbox.access;

import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextType;
import org.springframework.context.annotation.Import;

/**
 * The management port has a context of its own. Security's filter is handed down to it by Boot,
 * other filters are not.
 */
@ManagementContextConfiguration(value = ManagementContextType.CHILD, proxyBeanMethods = false)
@Import(OuterFilters.class)
class ManagementFilters {}
