package dev.carousel.cli;

import java.util.regex.Pattern;

/** Words as a POSIX shell reads them. */
final class ShellWord {
  private static final Pattern PLAIN = Pattern.compile("[-A-Za-z0-9_=+:,./@%]+");

  private ShellWord() {}

  /** The word, in single quotes if a shell would read it otherwise. */
  static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
