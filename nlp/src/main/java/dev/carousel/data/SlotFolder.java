package dev.carousel.data;

import dev.carousel.store.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A folder of three parallel files, as slot filling data comes (Goo et al. 2018): {@code seq.in}
 * with a tokenised sentence a line, {@code seq.out} with as many tags, {@code label} with the
 * sentence's intent.
 */
public final class SlotFolder {
  private static final List<String> FILES = List.of("seq.in", "seq.out", "label");

  private SlotFolder() {}

  /**
   * Reads the folder.
   *
   * @throws IOException if a file cannot be read
   * @throws DataException if the files do not belong together, naming the line
   */
  public static TaggedData read(Path folder) throws IOException {
    return read(folder, ReadOptions.STRICT);
  }

  /**
   * The same, less or more strictly: lines that do not fit each other are left out; files of
   * different lengths are an error always.
   */
  public static TaggedData read(Path folder, ReadOptions options) throws IOException {
    BadRowList bad = new BadRowList(folder.resolve(FILES.get(1)).toString(), options);
    List<List<String>> files = new ArrayList<>();
    List<SourceFile> sources = new ArrayList<>();
    String name = String.valueOf(folder.getFileName());
    for (String part : FILES) {
      Path file = folder.resolve(part);
      files.add(lines(file, options));
      sources.add(new SourceFile(name + "/" + part, Files.size(file), Sha256.of(file)));
    }
    requireSameLength(folder, files);
    List<TaggedSentence> sentences = new ArrayList<>();
    for (int i = 0; i < files.get(0).size(); i++) {
      try {
        sentences.add(sentence(files, i));
      } catch (BadRowException row) {
        bad.add(row.line(), row.problem());
      }
    }
    return new TaggedData(name, List.of(), sentences, sources, bad.report());
  }

  private static void requireSameLength(Path folder, List<List<String>> files) {
    for (List<String> lines : files) {
      if (lines.size() != files.get(0).size()) {
        throw DataException.in(
            folder.toString(),
            "seq.in, seq.out and label have %d, %d and %d lines; they must have as many"
                .formatted(files.get(0).size(), files.get(1).size(), files.get(2).size()));
      }
    }
  }

  private static TaggedSentence sentence(List<List<String>> files, int i) throws BadRowException {
    List<String> tokens = List.of(files.get(0).get(i).strip().split("\\s+", -1));
    List<String> tags = List.of(files.get(1).get(i).strip().split("\\s+", -1));
    String label = files.get(2).get(i).strip();
    if (tokens.size() != tags.size() || label.isEmpty() || tokens.get(0).isEmpty()) {
      throw new BadRowException(
          i + 1L,
          "%d tokens in seq.in, %d tags here, label '%s'; each token needs a tag, the line a label"
              .formatted(tokens.size(), tags.size(), label));
    }
    return TaggedSentence.of(tokens, tags).withLabel(label);
  }

  private static List<String> lines(Path file, ReadOptions options) throws IOException {
    List<String> all = new ArrayList<>();
    try (Utf8Lines lines = Utf8Lines.open(file, options.maxLineBytes())) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        all.add(line);
      }
    }
    return all;
  }
}
