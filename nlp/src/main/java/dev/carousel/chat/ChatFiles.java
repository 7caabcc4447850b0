package dev.carousel.chat;

import dev.carousel.data.TextPair;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.store.ModelDirectory;
import dev.carousel.store.StoreException;
import dev.carousel.translate.Translator;
import dev.carousel.translate.TranslatorConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A chatbot as a model directory: a translator's, and what was answered to what. */
final class ChatFiles {
  private static final String KNOWN = "known-answers.tsv";

  private ChatFiles() {}

  static void save(ChatBot bot, Path directory) {
    ModelDirectory.Contents writer = bot.writer().contents();
    Map<String, String> texts = new TreeMap<>(writer.texts());
    texts.put(
        KNOWN,
        bot.known().pairs().stream()
            .map(p -> escape(p.source()) + "\t" + escape(p.target()) + "\n")
            .collect(Collectors.joining()));
    ModelDirectory.write(
        directory,
        new ModelDirectory.Contents(
            new ChatConfig(ChatConfig.TASK, (TranslatorConfig) writer.config(), bot.history()),
            writer.weights(),
            texts,
            writer.provenance()));
  }

  static ChatBot load(Path directory, Backend backend, @Nullable Precision precision) {
    ModelDirectory files = ModelDirectory.open(directory);
    files.requireTask(ChatConfig.TASK);
    ChatConfig saved = files.config(ChatConfig.class);
    KnownAnswers known = known(directory, files.text(KNOWN));
    TranslatorConfig config =
        precision == null ? saved.writer() : saved.writer().withPrecision(precision);
    return new ChatBot(
        Translator.within(directory, files, config, backend), known, new Turns(saved.history()));
  }

  private static KnownAnswers known(Path directory, String text) {
    List<TextPair> pairs = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String[] cells = line.split("\t", -1);
      if (cells.length == 2) {
        pairs.add(new TextPair(unescape(cells[0]), unescape(cells[1])));
      } else if (!line.isEmpty()) {
        throw new StoreException(
            directory,
            KNOWN + " has a line that is no question and answer: " + line,
            "train or copy the model again");
      }
    }
    return new KnownAnswers(pairs);
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n")
        .replace("\r", "\\r");
  }

  private static String unescape(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
        continue;
      }
      char escaped = text.charAt(++i);
      plain.append(escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped);
    }
    return plain.toString();
  }
}
