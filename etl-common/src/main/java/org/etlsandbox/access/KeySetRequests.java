package org.etlsandbox.access;

import java.time.Duration;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet.JwkSetUriJwtDecoderBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

/** How the issuer is asked for its keys. They are kept for five minutes by Spring Security. */
@Configuration(proxyBeanMethods = false)
class KeySetRequests {

  private static final Duration PATIENCE = Duration.ofSeconds(3);

  @Bean
  JwkSetUriJwtDecoderBuilderCustomizer keySetRequests() {
    return decoder -> {
      SimpleClientHttpRequestFactory requests = new SimpleClientHttpRequestFactory();
      requests.setConnectTimeout(PATIENCE);
      requests.setReadTimeout(PATIENCE);
      RestTemplate client = new RestTemplate(requests);
      client.getInterceptors().add(new KeySetMemory(System::nanoTime));
      decoder.restOperations(client);
    };
  }
}
