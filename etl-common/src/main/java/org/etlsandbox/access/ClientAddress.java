package org.etlsandbox.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** Whom an address belongs to: a host of IPv6 has a whole network of them. */
final class ClientAddress {

  /** The part of an IPv6 address that a provider gives to one customer: the first 64 bits. */
  private static final int NETWORK_BYTES = 8;

  private ClientAddress() {}

  static String of(HttpServletRequest request) {
    return network(request.getRemoteAddr());
  }

  static String network(String address) {
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address six
          ? HexFormat.of().formatHex(Arrays.copyOf(six.getAddress(), NETWORK_BYTES)) + "::/64"
          : address;
    } catch (IllegalArgumentException e) {
      return address; // what a proxy says need not be an address
    }
  }
}
