package dev.carousel.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where NVIDIA's libraries lie beside the system's own paths: a toolkit, and the packages of a
 * Python environment, {@code site-packages/nvidia/…/lib}.
 */
final class LibraryFolders {
  private static final List<String> TOOLKIT_VARIABLES = List.of("CUDA_HOME", "CUDA_PATH");
  private static final List<String> PYTHON_VARIABLES = List.of("VIRTUAL_ENV", "CONDA_PREFIX");

  private final List<Path> folders = new ArrayList<>();

  /**
   * Looks around.
   *
   * @param environment the process's variables
   * @param root the file system's root
   */
  LibraryFolders(Map<String, String> environment, Path root) {
    for (String variable : TOOLKIT_VARIABLES) {
      addToolkit(environment.get(variable));
    }
    addToolkit(root.resolve("usr/local/cuda").toString());
    for (String variable : PYTHON_VARIABLES) {
      String home = environment.get(variable);
      if (home != null) {
        addPython(Path.of(home, "lib"));
      }
    }
    String home = environment.get("HOME");
    if (home != null) {
      addPython(Path.of(home, ".local", "lib"));
    }
    for (String lib : List.of("usr/local/lib", "usr/lib", "opt/conda/lib", "opt/venv/lib")) {
      addPython(root.resolve(lib));
    }
  }

  private void addToolkit(@Nullable String home) {
    if (home != null) {
      addIfThere(Path.of(home, "lib64"));
      addIfThere(Path.of(home, "lib"));
    }
  }

  private void addIfThere(Path folder) {
    if (Files.isDirectory(folder) && !folders.contains(folder)) {
      folders.add(folder);
    }
  }

  /** Below {@code lib/python3.x/{site,dist}-packages/nvidia}. */
  private void addPython(Path lib) {
    for (Path python : entries(lib, "python3*")) {
      for (Path packages : entries(python, "{site,dist}-packages")) {
        for (Path part : entries(packages.resolve("nvidia"), "*")) {
          addIfThere(part.resolve("lib"));
        }
      }
    }
  }

  private static Iterable<Path> entries(Path folder, String glob) {
    TreeSet<Path> sorted = new TreeSet<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, glob)) {
        all.forEach(sorted::add);
      } catch (IOException | UncheckedIOException e) {
        return sorted; // a folder that cannot be read has nothing for us
      }
    }
    return sorted;
  }

  /** The file of this name in the first folder that has it. */
  Optional<Path> find(String file) {
    return folders.stream().map(f -> f.resolve(file)).filter(Files::exists).findFirst();
  }

  /** The folders, for messages. */
  @Override
  public String toString() {
    return folders.toString();
  }
}
