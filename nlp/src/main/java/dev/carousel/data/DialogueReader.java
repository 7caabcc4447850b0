package dev.carousel.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carousel.store.Sha256;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads dialogues; everything that is not one is an error that says where. */
final class DialogueReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String LIST = "conversations";

  private final Path file;
  private final ReadOptions options;
  private final BadRowList bad;
  private final List<Dialogue> dialogues = new ArrayList<>();

  private DialogueReader(Path file, ReadOptions options) {
    this.file = file;
    this.options = options;
    this.bad = new BadRowList(file.toString(), options);
  }

  static DialogueSet read(Path file, DialogueFormat format, ReadOptions options)
      throws IOException {
    DialogueReader reader = new DialogueReader(file, options);
    switch (format) {
      case TSV -> reader.readLines(line -> List.of(line.split("\t", -1)));
      case JSONL -> reader.readLines(reader::turnsOfJson);
      case YAML -> reader.readYaml();
    }
    String name = String.valueOf(file.getFileName());
    return new DialogueSet(
        name, reader.dialogues, List.of(reader.sourceFile(name)), reader.bad.report());
  }

  private SourceFile sourceFile(String name) throws IOException {
    MessageDigest digest = Sha256.digest();
    byte[] bytes = Files.readAllBytes(file);
    return new SourceFile(name, bytes.length, Sha256.hex(digest.digest(bytes)));
  }

  /** From a line to turns; an {@link IllegalArgumentException} says what is wrong with it. */
  private interface Cut {
    List<String> turns(String line);
  }

  private void readLines(Cut cut) throws IOException {
    try (Utf8Lines lines = Utf8Lines.open(file, options.maxLineBytes())) {
      boolean more = true;
      while (more) {
        try {
          String line = lines.nextRow();
          more = line != null;
          if (line != null && !line.isBlank()) {
            add(cut.turns(line));
          }
        } catch (BadRowException row) {
          bad.add(row.line(), row.problem());
        } catch (IllegalArgumentException e) {
          bad.add(lines.number(), String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private void add(List<String> turns) {
    for (int i = 0; i < turns.size(); i++) {
      if (turns.get(i).isBlank()) {
        throw new IllegalArgumentException("turn " + (i + 1) + " is empty");
      }
    }
    dialogues.add(new Dialogue(turns));
  }

  private List<String> turnsOfJson(String line) {
    JsonNode object;
    try {
      object = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this is no JSON: " + e.getOriginalMessage(), e);
    }
    JsonNode all = object.get("turns");
    if (all != null && all.isArray()) {
      List<String> turns = new ArrayList<>();
      all.forEach(turn -> turns.add(text(turn)));
      return List.copyOf(turns);
    }
    return List.of(text(object.get("question")), text(object.get("answer")));
  }

  private static String text(@Nullable JsonNode node) {
    if (node == null || !node.isTextual()) {
      throw new IllegalArgumentException(
          "a line is {\"turns\": [\"…\", \"…\"]} or {\"question\": \"…\", \"answer\": \"…\"}");
    }
    return node.textValue();
  }

  private void readYaml() throws IOException {
    String text = Files.readString(file, StandardCharsets.UTF_8);
    Object root;
    List<Long> places;
    try {
      root = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
      places = places(new Yaml().compose(new StringReader(text)));
    } catch (MarkedYAMLException e) {
      throw DataException.at(
          file.toString(), e.getProblemMark().getLine() + 1L, String.valueOf(e.getProblem()));
    } catch (YAMLException e) {
      throw DataException.in(file.toString(), String.valueOf(e.getMessage()));
    }
    Object conversations = root instanceof Map<?, ?> map ? map.get(LIST) : null;
    if (!(conversations instanceof List<?> list)) {
      throw DataException.in(
          file.toString(), "has no list 'conversations', as ChatterBot's corpora have");
    }
    for (int i = 0; i < list.size(); i++) {
      try {
        add(turnsOfYaml(list.get(i)));
      } catch (IllegalArgumentException e) {
        bad.add(places.get(i), "conversation %d: %s".formatted(i + 1, e.getMessage()));
      }
    }
  }

  /** The lines at which the conversations begin. */
  private static List<Long> places(@Nullable Node root) {
    List<Long> places = new ArrayList<>();
    if (root instanceof MappingNode map) {
      for (NodeTuple entry : map.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode key
            && key.getValue().equals(LIST)
            && entry.getValueNode() instanceof SequenceNode list) {
          list.getValue().forEach(c -> places.add(c.getStartMark().getLine() + 1L));
        }
      }
    }
    return places;
  }

  /** Turns that YAML reads as numbers or truth values, such as {@code - Yes}, are texts as well. */
  private static List<String> turnsOfYaml(@Nullable Object conversation) {
    if (!(conversation instanceof List<?> turns)) {
      throw new IllegalArgumentException("is no list of turns");
    }
    List<String> texts = new ArrayList<>();
    for (Object turn : turns) {
      if (turn instanceof List<?> || turn instanceof Map<?, ?>) {
        throw new IllegalArgumentException("turn " + (texts.size() + 1) + " is no text: " + turn);
      }
      texts.add(String.valueOf(turn).strip());
    }
    return texts;
  }
}
