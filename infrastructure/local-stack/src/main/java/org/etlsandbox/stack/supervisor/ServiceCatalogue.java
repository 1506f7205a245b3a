package org.etlsandbox.stack.supervisor;

import org.etlsandbox.alpha.AlphaWorker;
import org.etlsandbox.beta.BetaWorker;
import org.etlsandbox.betaapi.BetaApi;
import org.etlsandbox.delta.DeltaWorker;
import org.etlsandbox.deltaapi.DeltaApi;
import org.etlsandbox.gamma.GammaWorker;
import org.etlsandbox.stack.plan.Service;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** The programs of the services. */
final class ServiceCatalogue {

  private ServiceCatalogue() {}

  static SpringApplicationBuilder application(Service service) {
    return switch (service) {
      case ALPHA_WORKER -> AlphaWorker.application();
      case BETA_WORKER -> BetaWorker.application();
      case GAMMA_WORKER -> GammaWorker.application();
      case DELTA_WORKER -> DeltaWorker.application();
      case BETA_API -> BetaApi.application();
      case DELTA_API -> DeltaApi.application();
    };
  }

  static Class<?> mainClass(Service service) {
    return switch (service) {
      case ALPHA_WORKER -> AlphaWorker.class;
      case BETA_WORKER -> BetaWorker.class;
      case GAMMA_WORKER -> GammaWorker.class;
      case DELTA_WORKER -> DeltaWorker.class;
      case BETA_API -> BetaApi.class;
      case DELTA_API -> DeltaApi.class;
    };
  }
}
