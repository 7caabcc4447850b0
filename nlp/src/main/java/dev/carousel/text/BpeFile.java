package dev.carousel.text;

import dev.carousel.data.DataException;
import dev.carousel.data.Utf8Lines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges as a text file: a first line {@code carousel-bpe 1 COUNT}, then COUNT lines of two escaped
 * symbols with a space between, in the order in which they were learnt.
 */
final class BpeFile {
  private static final String MAGIC = "carousel-bpe 1 ";
  private static final int MAX_LINE_BYTES = 1 << 16;
  private static final int MAX_MERGES = 1 << 20;

  private final Utf8Lines lines;
  private final List<BpeMerge> merges = new ArrayList<>();
  private final Map<BpeMerge, Long> lineOf = new HashMap<>();
  private final Set<String> products = new HashSet<>();

  private BpeFile(Utf8Lines lines) {
    this.lines = lines;
  }

  static String text(List<BpeMerge> merges) {
    StringBuilder text = new StringBuilder(MAGIC).append(merges.size()).append('\n');
    for (BpeMerge merge : merges) {
      text.append(Escapes.escape(merge.left())).append(' ');
      text.append(Escapes.escape(merge.right())).append('\n');
    }
    return text.toString();
  }

  static List<BpeMerge> load(Path file) throws IOException {
    try (Utf8Lines lines = Utf8Lines.open(file, MAX_LINE_BYTES)) {
      return new BpeFile(lines).read();
    }
  }

  private List<BpeMerge> read() throws IOException {
    int count = count(lines.next());
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (merges.size() == count) {
        throw bad("more lines than the " + count + " merges that line 1 promises");
      }
      add(line);
    }
    if (merges.size() < count) {
      throw DataException.in(
          lines.source(),
          count + " merges promised, " + merges.size() + " found: the file is cut off");
    }
    return merges;
  }

  private int count(@Nullable String header) {
    if (header == null || !header.matches(MAGIC + "[0-9]{1,7}")) {
      throw DataException.at(lines.source(), 1, "expected '" + MAGIC + "COUNT'");
    }
    int count = Integer.parseInt(header.substring(MAGIC.length()));
    if (count > MAX_MERGES) {
      throw bad("more than " + MAX_MERGES + " merges");
    }
    return count;
  }

  private void add(String line) {
    int space = line.indexOf(' ');
    if (space < 1 || space == line.length() - 1 || line.indexOf(' ', space + 1) >= 0) {
      throw bad("expected two symbols with one space between");
    }
    BpeMerge merge =
        new BpeMerge(
            symbol(Escapes.unescape(line.substring(0, space), lines)),
            symbol(Escapes.unescape(line.substring(space + 1), lines)));
    Long earlier = lineOf.put(merge, lines.number());
    if (earlier != null) {
      throw bad("the merge of line " + earlier + " again");
    }
    merges.add(merge);
    products.add(merge.product());
  }

  private String symbol(String symbol) {
    if (Graphemes.next(symbol, 0) != symbol.length() && !products.contains(symbol)) {
      throw bad("'" + symbol + "' is neither one character nor made by an earlier merge");
    }
    return symbol;
  }

  private DataException bad(String problem) {
    return DataException.at(lines.source(), lines.number(), problem);
  }
}
