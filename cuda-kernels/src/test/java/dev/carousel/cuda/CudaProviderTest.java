package dev.carousel.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.spi.Availability;
import dev.carousel.spi.Availability.Available;
import dev.carousel.spi.Availability.Unavailable;
import dev.carousel.spi.BackendException;
import dev.carousel.spi.BackendOptions;
import dev.carousel.spi.BackendProvider;
import dev.carousel.spi.Backends;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class CudaProviderTest {
  @Test
  void the_service_loader_finds_it() {
    assertThat(ServiceLoader.load(BackendProvider.class))
        .hasAtLeastOneElementOfType(CudaProvider.class);
  }

  @Test
  void it_ranks_with_the_GPUs() {
    assertThat(new CudaProvider().name()).isEqualTo("cuda");
    assertThat(new CudaProvider().rank()).isEqualTo(20);
  }

  @Test
  void this_machine_gets_one_answer_with_a_reason_and_a_remedy_if_it_is_refused() {
    Availability first = new CudaProvider().probe();
    assertThat(first).isSameAs(new CudaProvider().probe());
    if (first instanceof Unavailable u) {
      assertThat(u.reason()).isNotBlank();
      assertThat(u.remedy()).isNotBlank();
    }
  }

  @Test
  void probing_the_machine_itself_again_stops_at_the_same_step() {
    Availability again = new CudaProbe(new JavaCppHost()).answer();
    Availability first = new CudaProvider().probe();
    assertThat(again).hasSameClassAs(first);
    if (first instanceof Unavailable u) {
      assertThat(((Unavailable) again).remedy()).isEqualTo(u.remedy());
    }
  }

  @Test
  void a_GPU_and_its_libraries_are_found_where_one_is_required() {
    String answer = new CudaProvider().probe().toString();
    boolean found = new CudaProvider().probe() instanceof Available;
    System.out.println("CUDA: " + answer);
    assumeTrue(found || Boolean.getBoolean("carousel.requireGpu"), answer);
    assertThat(found).as(answer).isTrue();
  }

  @Test
  void opening_it_throws_the_reason_and_never_hands_out_another_backend() {
    Unavailable why = new Unavailable("no driver.", "Install one.", new LinkageError("libcuda"));
    assertThatThrownBy(() -> new CudaProvider(() -> why).open(BackendOptions.DEFAULT))
        .isInstanceOf(BackendException.class)
        .hasMessage("backend cuda is not available: no driver. Install one.")
        .hasCause(why.cause());
    assertThatThrownBy(() -> Backends.named("cuda:77"))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("cuda");
  }

  @Test
  void without_JavaCPP_on_the_class_path_the_answer_says_so() throws Exception {
    URL[] ours = {locationOf(CudaProvider.class), locationOf(BackendProvider.class)};
    try (URLClassLoader alone = new URLClassLoader(ours, ClassLoader.getPlatformClassLoader())) {
      Object provider =
          alone.loadClass(CudaProvider.class.getName()).getConstructor().newInstance();
      Object answer = provider.getClass().getMethod("probe").invoke(provider);
      assertThat(answer.toString())
          .contains("JavaCPP could not be loaded")
          .contains("org.bytedeco:javacpp");
    }
  }

  private static URL locationOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }
}
