package dev.carousel.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carousel.bench.peer.PeerSpec.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeerSpecTest {
  /** The tests run in the module's folder. */
  private static final Path MODULES = Path.of("peers");

  @Test
  void every_peer_is_a_module_with_its_adapter() throws IOException {
    for (PeerSpec peer : PeerSpec.all()) {
      Path module = MODULES.resolve(peer.name());
      assertThat(module.resolve("pom.xml")).exists();
      if (peer.standing() != Standing.OWN) {
        Path source = module.resolve("src/main/java/" + peer.adapter().replace('.', '/') + ".java");
        assertThat(source).exists();
      }
      assertThat(Files.readString(Path.of("../pom.xml")))
          .contains("<module>bench/peers/" + peer.name() + "</module>");
    }
  }

  @Test
  void peers_are_named_in_any_order_and_kept_in_ours() {
    assertThat(PeerSpec.named("dl4j, carousel").stream().map(PeerSpec::name))
        .containsExactly("carousel", "dl4j");
  }

  @Test
  void an_unknown_peer_is_refused_with_the_names() {
    assertThatThrownBy(() -> PeerSpec.named("carousel,keras"))
        .hasMessage(
            "no peer is called 'keras'; there are carousel, onednn, libtorch, djl, onnxruntime,"
                + " dl4j");
  }

  @Test
  void what_a_user_downloads_leaves_out_what_measures(@TempDir Path folder) throws IOException {
    Path lib = Files.createDirectory(folder.resolve("lib"));
    Files.write(lib.resolve("library-1.0.jar"), new byte[1000]);
    Files.write(lib.resolve("carousel-bench-0.1.jar"), new byte[20]);
    Files.write(lib.resolve("carousel-api-0.1.jar"), new byte[300]);
    Files.write(lib.resolve("slf4j-nop-2.0.jar"), new byte[4]);
    Files.write(folder.resolve("adapter.jar"), new byte[5]);

    assertThat(new PeerJars(PeerSpec.named("dl4j").get(0), folder).downloadBytes()).isEqualTo(1000);
    assertThat(new PeerJars(PeerSpec.named("carousel").get(0), folder).downloadBytes())
        .isEqualTo(1300);
  }
}
