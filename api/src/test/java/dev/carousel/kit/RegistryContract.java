package dev.carousel.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.spi.Availability.Available;
import dev.carousel.spi.Backend;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.Backends;
import org.junit.jupiter.api.Test;

/** How the backend is found on the class path. */
public interface RegistryContract extends BackendContract {
  /** Listed once, available, with the device it would run on. */
  @Test
  default void r09_theReportListsTheBackendAndItsDevice() {
    assertThat(Backends.report())
        .filteredOn(e -> e.name().equals(backend().name()))
        .singleElement()
        .satisfies(
            e ->
                assertThat(e.availability())
                    .isInstanceOfSatisfying(
                        Available.class, a -> assertThat(a.device()).isNotBlank()));
  }

  /** Asked for by name it is that backend. */
  @Test
  default void r09_theBackendIsOpenedByItsName() {
    try (Backend again = Backends.named(backend().name())) {
      assertThat(again.name()).isEqualTo(backend().name());
    }
  }

  /** And never another one. */
  @Test
  default void r09_anUnknownNameIsRefusedWithTheNamesThereAre() {
    assertThatExceptionOfType(BackendException.class)
        .isThrownBy(() -> Backends.named("no-such-backend").close())
        .withMessageContaining("no-such-backend")
        .withMessageContaining(backend().name());
  }

  /** A device is a number. */
  @Test
  default void r09_aDeviceThatIsNoNumberIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Backends.named(backend().name() + ":first").close())
        .withMessageContaining(backend().name() + ":first");
  }
}
