package dev.carousel.tune;

import dev.carousel.store.AtomicFiles;
import dev.carousel.store.StoreException;
import dev.carousel.store.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a search has done so far, in a file that is replaced after each piece of work: a killed
 * search repeats no more than the piece that was under way. Not thread safe.
 */
public final class Journal {
  private final Path file;
  private final SortedMap<String, String> identity;
  private final List<TrialResult> results;

  /**
   * The file's content.
   *
   * @param identity everything that decides what the search does, by name
   * @param results in the order in which they came about
   */
  record Content(SortedMap<String, String> identity, List<TrialResult> results) {
    Content {
      identity = new TreeMap<>(identity);
      results = List.copyOf(results);
    }
  }

  private Journal(Path file, SortedMap<String, String> identity, List<TrialResult> results) {
    this.file = file;
    this.identity = identity;
    this.results = new ArrayList<>(results);
  }

  /**
   * Begins a journal.
   *
   * @throws StoreException if the file is there already
   */
  public static Journal begin(Path file, SortedMap<String, String> identity) {
    if (Files.exists(file)) {
      throw new StoreException(
          file,
          "is of a search that was begun before",
          "go on with it by --resume, or choose another folder");
    }
    Journal journal = new Journal(file, identity, List.of());
    journal.write();
    return journal;
  }

  /**
   * Goes on with a journal.
   *
   * @throws StoreException if there is none, or if it is of another search, naming the difference
   */
  public static Journal resume(Path file, SortedMap<String, String> identity) throws IOException {
    if (!Files.exists(file)) {
      throw new StoreException(file, "is not there: no search to resume", "leave --resume out");
    }
    Content before = StrictJson.read(file, Files.readString(file), Content.class);
    SortedMap<String, String> names = new TreeMap<>(before.identity());
    names.putAll(identity);
    for (String name : names.keySet()) {
      String was = before.identity().getOrDefault(name, "absent");
      String is = identity.getOrDefault(name, "absent");
      if (!was.equals(is)) {
        throw new StoreException(
            file,
            "was begun with %s %s, now it is %s".formatted(name, was, is),
            "resume with the same data and flags, or choose another folder");
      }
    }
    return new Journal(file, identity, before.results());
  }

  /** What a trial did in a rung; empty if it has not been there. */
  public Optional<TrialResult> find(int trial, int rung) {
    return results.stream().filter(r -> r.trial() == trial && r.rung() == rung).findFirst();
  }

  /** How far a trial got; empty if it has not begun. */
  public Optional<TrialResult> last(int trial) {
    return results.stream().filter(r -> r.trial() == trial).reduce((before, next) -> next);
  }

  /** Adds a result; it is on disk when this returns. */
  void add(TrialResult result) {
    results.add(result);
    write();
  }

  private void write() {
    AtomicFiles.writeString(file, StrictJson.write(new Content(identity, results)));
  }
}
