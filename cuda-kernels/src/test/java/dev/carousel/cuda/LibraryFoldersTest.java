package dev.carousel.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryFoldersTest {
  @TempDir Path root;

  private Path place(String file) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    return Files.createFile(path);
  }

  @Test
  void the_toolkit_comes_before_the_packages_of_Python() throws IOException {
    Path wheel = place("venv/lib/python3.12/site-packages/nvidia/cu13/lib/libcudart.so.13");
    Map<String, String> venv = Map.of("VIRTUAL_ENV", root.resolve("venv").toString());
    assertThat(new LibraryFolders(venv, root).find("libcudart.so.13")).contains(wheel);
    Path toolkit = place("usr/local/cuda/lib64/libcudart.so.13");
    assertThat(new LibraryFolders(venv, root).find("libcudart.so.13")).contains(toolkit);
    Path home = place("cuda-home/lib64/libcudart.so.13");
    Map<String, String> both =
        Map.of(
            "VIRTUAL_ENV",
            root.resolve("venv").toString(),
            "CUDA_HOME",
            root.resolve("cuda-home").toString());
    assertThat(new LibraryFolders(both, root).find("libcudart.so.13")).contains(home);
  }

  @Test
  void system_and_user_packages_are_searched_too() throws IOException {
    Path system = place("usr/local/lib/python3.11/dist-packages/nvidia/cudnn/lib/libcudnn.so.9");
    assertThat(new LibraryFolders(Map.of(), root).find("libcudnn.so.9")).contains(system);
    Path user = place("me/.local/lib/python3.11/site-packages/nvidia/cublas/lib/libcublas.so.13");
    Map<String, String> home = Map.of("HOME", root.resolve("me").toString());
    LibraryFolders folders = new LibraryFolders(home, root);
    assertThat(folders.find("libcublas.so.13")).contains(user);
    assertThat(folders.toString()).contains("nvidia/cudnn/lib", "nvidia/cublas/lib");
  }

  @Test
  void what_is_nowhere_is_not_found() {
    assertThat(new LibraryFolders(Map.of(), root).find("libcudnn.so.9")).isEmpty();
  }
}
