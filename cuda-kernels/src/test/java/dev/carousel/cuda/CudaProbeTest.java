package dev.carousel.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.spi.Availability.Available;
import dev.carousel.spi.Availability.Unavailable;
import dev.carousel.spi.BackendException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CudaProbeTest {
  private static Unavailable refusal(FakeCudaHost host) {
    return (Unavailable) new CudaProbe(host).answer();
  }

  @Test
  void a_machine_with_everything_is_available_with_all_versions() {
    assertThat(new CudaProbe(new FakeCudaHost()).answer())
        .isEqualTo(
            new Available(
                "platform linux-x86_64, CUDA runtime 13.1, driver for CUDA 13.0, NVIDIA Fake"
                    + " (compute capability 9.0), cuBLAS 13.2, cuDNN 9.19"));
  }

  @Test
  void a_jar_without_compiled_kernels_says_how_to_make_them() {
    FakeCudaHost host = new FakeCudaHost();
    host.kernels = false;
    assertThat(refusal(host).reason()).contains("no compiled kernels").contains("cuDNN 9.19");
    assertThat(refusal(host).remedy()).contains("build-kernels.sh");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          platform | JavaCPP could not be loaded      | org.bytedeco:javacpp
          bindings | no native CUDA bindings          | org.bytedeco:cuda
          driver   | library of the NVIDIA driver     | driver 580 or newer
          runtime  | CUDA runtime 13 could not        | CUDA toolkit 13.0 or newer
          cublas   | cuBLAS 13 could not be loaded    | Install cuBLAS
          cudnn    | cuDNN 9 could not be loaded      | Install cuDNN 9 for CUDA 13
          """)
  void a_missing_library_is_a_reason_with_its_cause_and_remedy(
      String step, String reason, String remedy) {
    LinkageError missing = new UnsatisfiedLinkError("libmissing.so: cannot open");
    FakeCudaHost host = new FakeCudaHost(step, missing);
    Unavailable answer = refusal(host);
    assertThat(answer.reason()).contains(reason).contains("libmissing.so: cannot open");
    assertThat(answer.remedy()).contains(remedy).endsWith(".");
    assertThat(answer.cause()).isSameAs(missing);
    assertThat(host.asked).as("nothing is asked after a refusal").endsWith(step);
  }

  @ParameterizedTest
  @CsvSource({"runtime", "cublas", "cudnn"})
  void a_library_that_a_user_can_place_comes_with_the_paths_searched(String step) {
    Unavailable answer = refusal(new FakeCudaHost(step, new UnsatisfiedLinkError()));
    assertThat(answer.reason()).contains("searched LD_LIBRARY_PATH=/fake/lib");
  }

  @Test
  void a_platform_without_CUDA_is_named_beside_those_that_have_it() {
    FakeCudaHost host = new FakeCudaHost();
    host.platform = "macosx-arm64";
    Unavailable answer = refusal(host);
    assertThat(answer.reason())
        .contains("linux-x86_64, linux-arm64, windows-x86_64")
        .contains("found platform macosx-arm64");
    assertThat(host.asked).containsOnly("platform");
  }

  @Test
  void bindings_left_off_the_class_path_are_missed_before_anything_is_loaded() {
    FakeCudaHost host = new FakeCudaHost();
    host.bindings = false;
    assertThat(refusal(host).reason()).contains("no native CUDA bindings");
    assertThat(host.asked).doesNotContain("driver");
  }

  @ParameterizedTest
  @CsvSource({"12, 9, true", "11, 8, true", "13, 0, false", "13, 2, false", "14, 0, false"})
  void a_driver_before_CUDA_13_is_too_old(int major, int minor, boolean refused) {
    FakeCudaHost host = new FakeCudaHost();
    host.driver = new CudaVersion(major, minor);
    String answer = new CudaProbe(host).answer().toString();
    assertThat(answer.contains("driver is too old: CUDA 13.0 is needed")).isEqualTo(refused);
    assertThat(answer).contains("driver for CUDA " + major + "." + minor);
  }

  @Test
  void a_driver_without_a_GPU_is_no_GPU() {
    FakeCudaHost host = new FakeCudaHost();
    host.devices = List.of();
    Unavailable answer = refusal(host);
    assertThat(answer.reason()).contains("no GPU");
    assertThat(answer.remedy()).contains("nvidia-smi");
  }

  @Test
  void a_call_that_fails_is_named_with_its_status() {
    BackendException failure = new BackendException("cuInit failed with status 100");
    Unavailable answer = refusal(new FakeCudaHost("devices", failure));
    assertThat(answer.reason()).contains("cuInit failed with status 100");
    assertThat(answer.cause()).isSameAs(failure);
  }

  @Test
  void versions_are_read_in_the_encodings_of_CUDA_and_cuDNN() {
    assertThat(CudaVersion.ofRuntime(13010)).hasToString("13.1");
    assertThat(CudaVersion.ofRuntime(12090)).hasToString("12.9");
    assertThat(CudaVersion.ofCudnn(91900)).hasToString("9.19");
    assertThat(CudaVersion.ofCudnn(90501)).hasToString("9.5");
  }
}
