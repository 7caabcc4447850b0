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
    List<List<String>> files = new ArrayList<>();
    List<SourceFile> sources = new ArrayList<>();
    String name = String.valueOf(folder.getFileName());
    for (String part : FILES) {
      Path file = folder.resolve(part);
      files.add(lines(file));
      sources.add(new SourceFile(name + "/" + part, Files.size(file), Sha256.of(file)));
    }
    List<TaggedSentence> sentences = new ArrayList<>();
    for (int i = 0; i < files.get(0).size(); i++) {
      sentences.add(sentence(folder, files, i));
    }
    for (List<String> lines : files) {
      if (lines.size() != sentences.size()) {
        throw DataException.in(
            folder.toString(),
            "seq.in, seq.out and label have %d, %d and %d lines; they must have as many"
                .formatted(files.get(0).size(), files.get(1).size(), files.get(2).size()));
      }
    }
    return new TaggedData(name, List.of(), sentences, sources);
  }

  private static TaggedSentence sentence(Path folder, List<List<String>> files, int i) {
    if (i >= files.get(1).size() || i >= files.get(2).size()) {
      throw DataException.at(
          folder.resolve(FILES.get(0)).toString(),
          i + 1L,
          "seq.out or label has no such line; the three files must have as many");
    }
    List<String> tokens = List.of(files.get(0).get(i).strip().split("\\s+"));
    List<String> tags = List.of(files.get(1).get(i).strip().split("\\s+"));
    String label = files.get(2).get(i).strip();
    if (tokens.size() != tags.size() || label.isEmpty() || tokens.get(0).isEmpty()) {
      throw DataException.at(
          folder.resolve(FILES.get(1)).toString(),
          i + 1L,
          "%d tokens in seq.in, %d tags here, label '%s'; each token needs a tag, the line a label"
              .formatted(tokens.size(), tags.size(), label));
    }
    return TaggedSentence.of(tokens, tags).withLabel(label);
  }

  private static List<String> lines(Path file) throws IOException {
    List<String> all = new ArrayList<>();
    try (Utf8Lines lines = Utf8Lines.open(file, ReadOptions.DEFAULT_MAX_LINE_BYTES)) {
      for (String line = lines.next(); line != null; line = lines.next()) {
        all.add(line);
      }
    }
    return all;
  }
}
