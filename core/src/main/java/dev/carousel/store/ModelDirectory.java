package dev.carousel.store;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A model on disk:
 *
 * <pre>
 * manifest.json        format, version, size and SHA-256 of every other file
 * config.json          what the model is, as one record; its component task names the task
 * model.safetensors    its parameters
 * provenance.json      where it comes from, see {@link Provenance}
 * …                    further text files, e.g. a vocabulary
 * </pre>
 *
 * <p>{@link #write} replaces the whole directory or nothing (see {@link DirectorySwap}); {@link
 * #open} verifies every file before anything is used. Files that the manifest does not list are not
 * looked at. Nothing in a model directory is ever executed and no class is named in it.
 */
public final class ModelDirectory {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.safetensors";
  private static final String PROVENANCE = "provenance.json";
  private static final Set<String> OWN = Set.of(CONFIG, WEIGHTS, PROVENANCE);

  private final VerifiedFiles files;

  private ModelDirectory(VerifiedFiles files) {
    this.files = files;
  }

  /**
   * Everything that goes into a model directory.
   *
   * @param config written by {@link StrictJson}
   * @param weights the parameters
   * @param texts further files by name; letters, digits, dot, dash and underscore only
   * @param provenance where the model comes from
   */
  public record Contents(
      Record config, SafeTensorsWriter weights, Map<String, String> texts, Provenance provenance) {

    /** Copies the texts; refuses a name that is taken or that could leave the directory. */
    public Contents {
      texts = Collections.unmodifiableMap(new TreeMap<>(texts));
      for (String name : texts.keySet()) {
        Manifest.requireName(name);
        if (OWN.contains(name)) {
          throw new IllegalArgumentException("'" + name + "' is a file every model has");
        }
      }
    }
  }

  /** What the configurations of all tasks have. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record Task(String task) {}

  /**
   * Writes {@code contents} to {@code directory}, replacing the model there, if any.
   *
   * @throws StoreException if it cannot be written, or if {@code directory} holds anything that is
   *     not part of a model; it is then unchanged
   */
  public static void write(Path directory, Contents contents) {
    requireReplaceable(directory);
    DirectorySwap.replace(directory, fresh -> writeFiles(fresh, contents));
  }

  /**
   * Opens the model in {@code directory} and verifies the size and checksum of every file.
   *
   * @throws StoreException if it is not a model directory, or naming the file that is damaged
   */
  public static ModelDirectory open(Path directory) {
    return new ModelDirectory(VerifiedFiles.open(directory, OWN));
  }

  /**
   * The configuration.
   *
   * @throws StoreException if it does not fit {@code type}, or if the model has been replaced since
   *     it was opened; the latter holds for every method here
   */
  public <R extends Record> R config(Class<R> type) {
    return json(CONFIG, type);
  }

  /**
   * The task that the model is for: the component {@code task} of its configuration.
   *
   * @throws StoreException if the configuration names none
   */
  public String task() {
    return json(CONFIG, Task.class).task();
  }

  /**
   * Requires that the model is for this task, before its configuration is read as that task's.
   *
   * @throws StoreException naming both tasks, if it is for another
   */
  public void requireTask(String task) {
    String found = task();
    if (!found.equals(task)) {
      throw new StoreException(
          files.directory(),
          "holds a model for the task '%s', not for '%s'".formatted(found, task),
          "give a directory with a model for '" + task + "'");
    }
  }

  /** Where the model comes from. */
  public Provenance provenance() {
    return json(PROVENANCE, Provenance.class);
  }

  /** The parameters. The caller closes it. */
  public SafeTensors weights() {
    return files.tensors(WEIGHTS);
  }

  /** The names of the further text files. */
  public Set<String> texts() {
    Set<String> names = new TreeSet<>(files.names());
    names.removeAll(OWN);
    return names;
  }

  /**
   * A further text file.
   *
   * @throws StoreException if there is none of that name
   */
  public String text(String name) {
    if (!texts().contains(name)) {
      throw new StoreException(
          files.directory(),
          "has no file '" + name + "'",
          "check that it holds this kind of model");
    }
    return files.text(name, TextFiles.MAX_TEXT);
  }

  private <R extends Record> R json(String name, Class<R> type) {
    String text = files.text(name, TextFiles.MAX_JSON);
    return StrictJson.read(files.directory().resolve(name), text, type);
  }

  private static void writeFiles(Path fresh, Contents contents) throws IOException {
    Files.writeString(fresh.resolve(CONFIG), StrictJson.write(contents.config()));
    Files.writeString(fresh.resolve(PROVENANCE), StrictJson.write(contents.provenance()));
    contents.weights().writeTo(fresh.resolve(WEIGHTS));
    for (Map.Entry<String, String> text : contents.texts().entrySet()) {
      Files.writeString(fresh.resolve(text.getKey()), text.getValue());
    }
    Set<String> names = new TreeSet<>(contents.texts().keySet());
    names.addAll(OWN);
    String manifest = StrictJson.write(Manifest.of(fresh, names));
    Files.writeString(fresh.resolve(Manifest.FILE), manifest);
  }

  /**
   * Requires what {@link #write} will require, before hours of work depend on it.
   *
   * @throws StoreException if {@code directory} holds anything that is not part of a model
   */
  public static void requireReplaceable(Path directory) {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      Set<String> names = new TreeSet<>();
      files.forEach(file -> names.add(String.valueOf(file.getFileName())));
      if (names.isEmpty()) {
        return;
      }
      if (names.remove(Manifest.FILE)) {
        names.removeAll(Manifest.read(directory).files().keySet());
      }
      if (!names.isEmpty()) {
        throw new StoreException(
            directory,
            "holds " + names + ", which writing a model there would delete",
            "move that away or choose another directory");
      }
    } catch (IOException e) {
      throw StoreException.unreadable(directory, e);
    }
  }
}
