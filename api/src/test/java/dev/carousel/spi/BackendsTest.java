package dev.carousel.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** This module has no backend of its own: what is said then. */
class BackendsTest {
  @Test
  void withoutABackendTheBestIsRefusedAndNotReplaced() {
    assertThat(Backends.report()).isEmpty();
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> Backends.best().close())
        .withMessageContaining("no backend is available");
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> Backends.named("cuda:1").close())
        .withMessageContaining("no backend is called cuda");
  }

  @Test
  void aDeviceIsANumberThatIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backends.named("cuda:first").close())
        .withMessageContaining("cuda:first");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BackendOptions(0, -1))
        .withMessageContaining("-1");
  }
}
