package dev.carousel.text;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.carousel.data.DataException;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tokenizer.json} as Hugging Face's library has it. Cutting and putting together are the
 * library's; only the table of ids is read here, because the binding has no way to ask for one.
 * Safe for any number of threads; native memory is freed when nobody holds the object any more.
 */
final class HuggingFaceFile {
  private static final TokenizersLibrary LIBRARY = TokenizersLibrary.LIB;
  private static final Cleaner CLEANER = Cleaner.create();
  private static final long NONE = -1;

  private final long handle;
  private final Map<String, Long> ids = new HashMap<>();
  private final long unknown;

  private HuggingFaceFile(long handle, JsonNode json) {
    this.handle = handle;
    CLEANER.register(this, () -> LIBRARY.deleteTokenizer(handle));
    // Texts are cut and batches padded elsewhere, whatever the file asks for.
    LIBRARY.disableTruncation(handle);
    LIBRARY.disablePadding(handle);
    JsonNode model = json.path("model");
    readIds(model.path("vocab"));
    for (JsonNode token : json.path("added_tokens")) {
      ids.put(token.path("content").asText(), token.path("id").asLong());
    }
    this.unknown =
        model.path("unk_id").isNumber()
            ? model.path("unk_id").asLong()
            : ids.getOrDefault(model.path("unk_token").asText(""), NONE);
    if (unknown != NONE) {
      ids.putIfAbsent(Reserved.UNK.token(), unknown);
    }
  }

  /**
   * Reads a file's text; {@link HuggingFaceLibrary#require} goes before.
   *
   * @throws DataException if it is no such file, with what the library says of it
   */
  static HuggingFaceFile parse(String text, String source) {
    JsonNode json;
    long handle;
    try {
      json = new ObjectMapper().readTree(text);
      handle = LIBRARY.createTokenizerFromString(text);
    } catch (JsonProcessingException e) {
      throw DataException.in(source, "is no JSON: " + e.getOriginalMessage());
    } catch (RuntimeException e) {
      throw DataException.in(
          source, "is no tokenizer.json that Hugging Face's library reads: " + e.getMessage());
    }
    return new HuggingFaceFile(handle, json);
  }

  /** A table of names, or of a Unigram model a list of names with scores. */
  private void readIds(JsonNode vocabulary) {
    vocabulary.properties().forEach(e -> ids.put(e.getKey(), e.getValue().asLong()));
    if (vocabulary.isArray()) {
      for (int id = 0; id < vocabulary.size(); id++) {
        ids.put(vocabulary.path(id).path(0).asText(), (long) id);
      }
    }
  }

  /** The id of a token as the file has it; null if it has none. */
  @Nullable Long id(String token) {
    return ids.get(token);
  }

  /** Puts tokens together as the file says. */
  String decode(List<Long> tokens) {
    try {
      return LIBRARY.decode(handle, tokens.stream().mapToLong(Long::longValue).toArray(), false);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Cuts a text; no token is put around it.
   *
   * @return tokens with their stretches in UTF-16 units, some perhaps empty or shared; unknown ones
   *     as {@link Reserved#UNK}
   */
  List<Token> cut(String text) {
    CodePoints places = CodePoints.of(text);
    long encoding = encode(places.wellFormed());
    try {
      long[] found = LIBRARY.getTokenIds(encoding);
      String[] names = LIBRARY.getTokens(encoding);
      CharSpan[] spans = LIBRARY.getTokenCharSpans(encoding);
      List<Token> tokens = new ArrayList<>(names.length);
      for (int i = 0; i < names.length; i++) {
        String name = found[i] == unknown ? Reserved.UNK.token() : names[i];
        tokens.add(
            new Token(name, places.unit(spans[i].getStart()), places.unit(spans[i].getEnd())));
      }
      return tokens;
    } finally {
      LIBRARY.deleteEncoding(encoding);
      Reference.reachabilityFence(this);
    }
  }

  private long encode(String text) {
    try {
      return LIBRARY.encode(handle, text, false);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "Hugging Face's library cannot cut a text by this tokenizer.json: " + e.getMessage(), e);
    } finally {
      Reference.reachabilityFence(this);
    }
  }
}
