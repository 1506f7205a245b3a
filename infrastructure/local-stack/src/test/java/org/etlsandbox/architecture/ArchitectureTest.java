package org.etlsandbox.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.TimeZone;

/** worker → adapters → etl-common, and no other way. */
@AnalyzeClasses(packages = "org.etlsandbox", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  private static final String[] COMMON = {
    "org.etlsandbox.access..",
    "org.etlsandbox.boundary..",
    "org.etlsandbox.change..",
    "org.etlsandbox.connection..",
    "org.etlsandbox.control..",
    "org.etlsandbox.destination..",
    "org.etlsandbox.failure..",
    "org.etlsandbox.flat..",
    "org.etlsandbox.lease..",
    "org.etlsandbox.load..",
    "org.etlsandbox.quarantine..",
    "org.etlsandbox.refresh..",
    "org.etlsandbox.schema..",
    "org.etlsandbox.service..",
    "org.etlsandbox.source..",
    "org.etlsandbox.sweep..",
    "org.etlsandbox.worker.."
  };

  private static final String[] ADAPTERS = {
    "org.etlsandbox.jupiter..",
    "org.etlsandbox.postgresql..",
    "org.etlsandbox.sqlserver..",
    "org.etlsandbox.clickhouse.."
  };

  private static final String[] WORKERS = {
    "org.etlsandbox.alpha..",
    "org.etlsandbox.beta..",
    "org.etlsandbox.gamma..",
    "org.etlsandbox.delta.."
  };

  private static final String[] APIS = {"org.etlsandbox.betaapi..", "org.etlsandbox.deltaapi.."};

  /** What stands around the services: nothing that is deployed with them. */
  private static final String[] SURROUNDINGS = {
    "org.etlsandbox.engines..",
    "org.etlsandbox.sakila..",
    "org.etlsandbox.stack..",
    "org.etlsandbox.testkit.."
  };

  /** What decides what is read and written, and up to when it is complete. */
  private static final String[] DECIDING = {
    "org.etlsandbox.change..",
    "org.etlsandbox.destination..",
    "org.etlsandbox.flat..",
    "org.etlsandbox.load..",
    "org.etlsandbox.quarantine..",
    "org.etlsandbox.refresh..",
    "org.etlsandbox.source..",
    "org.etlsandbox.sweep..",
    "org.etlsandbox.jupiter..",
    "org.etlsandbox.postgresql..",
    "org.etlsandbox.sqlserver..",
    "org.etlsandbox.clickhouse.."
  };

  private static final String[] DRIVERS = {
    "com.mysql..",
    "com.microsoft.sqlserver..",
    "com.clickhouse..",
    "org.mariadb..",
    "org.postgresql.."
  };

  @ArchTest
  static void everyModuleIsLookedAt(JavaClasses classes) {
    for (String module :
        List.of(
            "refresh.Refresher",
            "jupiter.JupiterSourceProvider",
            "postgresql.PostgreSqlDestination",
            "sqlserver.SqlServerDestination",
            "clickhouse.ClickHouseDestination",
            "alpha.AlphaWorker",
            "beta.BetaWorker",
            "gamma.GammaWorker",
            "delta.DeltaWorker",
            "betaapi.BetaApi",
            "deltaapi.DeltaApi",
            "engines.Engine",
            "sakila.SakilaSchema")) {
      assertThat(classes.contain("org.etlsandbox." + module)).as(module).isTrue();
    }
  }

  @ArchTest
  static final ArchRule COMMON_KNOWS_NO_OTHER_MODULE =
      noClasses()
          .that()
          .resideInAnyPackage(COMMON)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(all(ADAPTERS, WORKERS, APIS, SURROUNDINGS))
          .because("the engine must work with any store: it meets them through its contracts");

  @ArchTest
  static final ArchRule COMMON_KNOWS_NO_DRIVER =
      noClasses()
          .that()
          .resideInAnyPackage(COMMON)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(DRIVERS)
          .because("what differs between products belongs into their adapters");

  @ArchTest
  static final ArchRule ADAPTERS_KNOW_ONLY_COMMON =
      noClasses()
          .that()
          .resideInAnyPackage(ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(all(WORKERS, APIS, SURROUNDINGS))
          .because("an adapter serves whichever worker asks for its product");

  @ArchTest
  static final ArchRule ADAPTERS_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching("org.etlsandbox.(jupiter|postgresql|sqlserver|clickhouse)..")
          .should()
          .notDependOnEachOther()
          .because("each worker takes the ones it needs and ships no other driver");

  @ArchTest
  static final ArchRule ADAPTERS_DO_NOT_KNOW_SPRING =
      noClasses()
          .that()
          .resideInAnyPackage(ADAPTERS)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.springframework..")
          .because("a store is plain JDBC and plain Java; wiring is the workers' matter");

  @ArchTest
  static final ArchRule WORKERS_AND_APIS_DO_NOT_KNOW_EACH_OTHER =
      slices()
          .matching("org.etlsandbox.(alpha|beta|gamma|delta|betaapi|deltaapi)..")
          .should()
          .notDependOnEachOther()
          .because("one that is down must stop no other: each is a process of its own");

  @ArchTest
  static final ArchRule SERVICES_DO_NOT_KNOW_WHAT_STANDS_AROUND_THEM =
      noClasses()
          .that()
          .resideInAnyPackage(all(WORKERS, APIS))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SURROUNDINGS)
          .because("services run against real servers; engines and seed data are for the stack");

  @ArchTest
  static final ArchRule THE_KIT_IS_FOR_TESTS =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.etlsandbox.testkit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.etlsandbox.testkit..",
              "org.junit..",
              "org.assertj..",
              "org.mockito..",
              "org.testcontainers..")
          .because("what only tests need is not shipped");

  @ArchTest
  static final ArchRule WHAT_IS_COPIED_DOES_NOT_DEPEND_ON_THE_WORKERS_CLOCK =
      noClasses()
          .that()
          .resideInAnyPackage(DECIDING)
          .should()
          .callMethodWhere(
              target(name("now")).and(target(owner(resideInAnyPackage("java.time..")))))
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .belongToAnyOf(Clock.class, Date.class, Calendar.class, TimeZone.class)
          .orShould()
          .callMethod(ZoneId.class, "systemDefault")
          .because("only Jupiter's clock counts: a worker's may be off, and in any zone");

  @ArchTest
  static final ArchRule PACKAGES_ARE_CONCEPTS =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..util..", "..utils..", "..impl..", "..manager..", "..helper..", "..base..")
          .because("a package tells what it is about; these names tell nothing");

  private static String[] all(String[]... groups) {
    List<String> all = new ArrayList<>();
    for (String[] group : groups) {
      all.addAll(List.of(group));
    }
    return all.toArray(String[]::new);
  }
}
