package dev.carousel.cli;

import dev.carousel.store.AtomicFiles;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.StoreException;
import dev.carousel.store.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a training puts things: the finished model in DIR, everything on the way there in DIR.run
 * (checkpoint, log, curves), so that a model folder holds a whole model and nothing else.
 *
 * @param model DIR
 * @param run DIR.run
 */
record RunFolder(Path model, Path run) {
  /**
   * What a checkpoint belongs to.
   *
   * @param settings every setting by name
   * @param data SHA-256 of each file
   */
  record Identity(SortedMap<String, String> settings, SortedMap<String, String> data) {
    Identity {
      settings = new TreeMap<>(settings);
      data = new TreeMap<>(data);
    }
  }

  static RunFolder of(Path model) {
    Path absolute = model.toAbsolutePath().normalize();
    Path name = absolute.getFileName();
    if (name == null) {
      throw new IllegalArgumentException("--out must name a folder that can be made, not " + model);
    }
    return new RunFolder(model, absolute.resolveSibling(name + ".run"));
  }

  /** A folder of one of several seeds: DIR-seed1 and so on. */
  RunFolder ofSeed(long seed) {
    String name = model.toAbsolutePath().normalize().getFileName() + "-seed" + seed;
    return of(model.resolveSibling(name));
  }

  /** What a search for this model leaves: its journal, its table, its trials. */
  Path search() {
    return run.resolveSibling(model.toAbsolutePath().normalize().getFileName() + ".tune");
  }

  /** Where a trial of a search trains; its model, if it wins, is this folder's. */
  RunFolder ofTrial(int number) {
    return new RunFolder(model, search().resolve("trial-%03d".formatted(number)));
  }

  /** Whether a run was begun here. */
  boolean begun() {
    return Files.exists(identityFile());
  }

  Path checkpoint() {
    return run.resolve("checkpoint.safetensors");
  }

  Path log() {
    return run.resolve("log.csv");
  }

  Path curves() {
    return run.resolve("curves.png");
  }

  Path confusion() {
    return run.resolve("confusion.png");
  }

  /** Makes the folder for a new run, in place of an earlier one's checkpoint. */
  void begin(Identity identity) throws IOException {
    ModelDirectory.requireReplaceable(model);
    Files.createDirectories(run);
    Files.deleteIfExists(checkpoint());
    AtomicFiles.writeString(identityFile(), StrictJson.write(identity));
  }

  /**
   * Requires that the folder's run had the same data and settings.
   *
   * @throws StoreException naming what differs
   */
  void resume(Identity identity) throws IOException {
    ModelDirectory.requireReplaceable(model);
    if (!Files.exists(identityFile())) {
      throw new StoreException(run, "holds no run to resume", "leave --resume out");
    }
    String text = Files.readString(identityFile());
    Identity before = StrictJson.read(identityFile(), text, Identity.class);
    requireSame("--", before.settings(), identity.settings());
    requireSame("the file ", before.data(), identity.data());
  }

  private void requireSame(
      String kind, SortedMap<String, String> before, SortedMap<String, String> now) {
    SortedMap<String, String> names = new TreeMap<>(before);
    names.putAll(now);
    for (String name : names.keySet()) {
      String was = before.getOrDefault(name, "absent");
      String is = now.getOrDefault(name, "absent");
      if (!was.equals(is)) {
        throw new StoreException(
            run,
            "was begun with " + kind + name + " " + was + ", now it is " + is,
            "resume with the same data and flags, or start afresh without --resume");
      }
    }
  }

  private Path identityFile() {
    return run.resolve("run.json");
  }
}
