package dev.carousel.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class KernelImageTest {
  @Test
  void the_compiled_kernels_were_made_from_these_very_sources() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : sources()) {
      digest.update(Files.readAllBytes(file));
    }
    assertThat(text("kernels.sha256"))
        .as("run cuda-kernels/build-kernels.sh with nvcc after a change of a kernel")
        .isEqualTo(HexFormat.of().formatHex(digest.digest()));
  }

  @Test
  void they_are_a_fat_binary_small_enough_for_a_jar() throws Exception {
    byte[] image = KernelImage.forDevice(new DeviceFacts("any", 9, 0, 1, 1));
    assertThat(image).startsWith(0x50, 0xed, 0x55, 0xba); // NVIDIA's magic number, little-endian
    assertThat(image.length).isBetween(100_000, 1_000_000);
    assertThat(text("kernels.nvcc")).startsWith("nvcc 13.");
  }

  /** So that a device which the image does not know can compile them. */
  @Test
  void the_sources_as_one_text_have_every_kernel_and_no_include() {
    String source = KernelImage.source();
    assertThat(source).doesNotContain("#include").doesNotContain("#pragma");
    for (Kernel k : Kernel.values()) {
      String name = k.symbol().replaceAll("_(f32|f16|bf16)(_f32|_f16|_bf16)?$", "_");
      assertThat(source).contains(name);
    }
  }

  @Test
  void every_source_file_is_in_that_text() throws Exception {
    String source = KernelImage.source();
    for (Path file : sources()) {
      String first = Files.readAllLines(file).get(0);
      assertThat(source).as("%s", file.getFileName()).contains(first);
    }
  }

  @Test
  void every_kernel_in_the_sources_can_be_started_by_the_host() throws Exception {
    long named =
        Stream.of(Kernel.values())
            .filter(k -> KernelImage.source().contains(" " + k.symbol() + "("))
            .count();
    long plain =
        KernelImage.source().lines().filter(l -> l.matches("KERNEL [a-z0-9_]+\\(.*")).count();
    assertThat(named).isEqualTo(plain);
  }

  private static List<Path> sources() throws IOException, URISyntaxException {
    URL url = KernelImage.class.getResource("kernels/common.cuh");
    Path folder = Path.of(Objects.requireNonNull(url).toURI()).getParent();
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(p -> p.toString().matches(".*\\.cuh?")).sorted().toList();
    }
  }

  private static String text(String name) throws IOException {
    try (InputStream in = KernelImage.class.getResourceAsStream("kernels/" + name)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).trim();
    }
  }
}
