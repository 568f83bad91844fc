package dev.headwater.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class BrokerPortsTest {
  @Test
  void shouldPickTwoFreePorts() {
    BrokerPorts ports = BrokerPorts.pick(0);
    assertThat(ports.clients()).isPositive().isNotEqualTo(ports.controller());
    assertThat(ports.areFree()).isTrue();
  }

  @Test
  void shouldNoticeThatControllerPortWasTaken() throws IOException {
    BrokerPorts ports = BrokerPorts.pick(0);
    try (var thief = new ServerSocket(ports.controller(), 1, InetAddress.getLoopbackAddress())) {
      assertThat(thief.isBound()).isTrue();
      assertThat(ports.areFree()).isFalse();
    }
  }
}
