package dev.carousel.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small files of the form that Hugging Face's tokenizers have, written by hand. */
public final class TokenizerJson {
  private static final String FRAME =
      """
      {"version": "1.0", "truncation": %s, "padding": null, "added_tokens": [],
       "normalizer": %s, "pre_tokenizer": %s, "post_processor": null, "decoder": %s,
       "model": %s}
      """;

  private TokenizerJson() {}

  /** Lower-cased words in pieces, as BERT has them; the file cuts texts to three tokens. */
  public static Path wordPiece(Path file) throws IOException {
    return Files.writeString(
        file,
        FRAME.formatted(
            """
            {"max_length": 3, "strategy": "LongestFirst", "stride": 0, "direction": "Right"}\
            """,
            """
            {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
             "strip_accents": null, "lowercase": true}\
            """,
            """
            {"type": "BertPreTokenizer"}\
            """,
            """
            {"type": "WordPiece", "prefix": "##", "cleanup": true}\
            """,
            """
            {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
             "max_input_chars_per_word": 100, "vocab": {"[UNK]": 0, "play": 1, "##ing": 2,
             "cafe": 3, ".": 4, "the": 5, "我": 6}}\
            """));
  }

  /** Pieces by their probability, as SentencePiece has them. */
  public static Path unigram(Path file) throws IOException {
    String metaspace =
        """
        {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true}\
        """;
    return Files.writeString(
        file,
        FRAME.formatted(
            "null",
            """
            {"type": "NFKC"}\
            """,
            metaspace,
            metaspace,
            """
            {"type": "Unigram", "unk_id": 0, "byte_fallback": false, "vocab": [["<unk>", 0.0],
             ["▁", -3.0], ["▁the", -2.0], ["ca", -2.5], ["t", -3.0], ["s", -3.1]]}\
            """));
  }

  /** Bytes, as GPT-2 has them, and these merges of their letters, "Ġ" being a space. */
  public static Path bytes(Path file, String... merges) throws IOException {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int b = 0; b < 256; b++) {
      ids.put(letter(b), ids.size());
    }
    for (String merge : merges) {
      ids.put(merge.replace(" ", ""), ids.size());
    }
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("type", "BPE");
    model.put("vocab", ids);
    model.put("merges", List.of(merges));
    String byteLevel =
        """
        {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": false, "use_regex": true}\
        """;
    String json = new ObjectMapper().writeValueAsString(model);
    return Files.writeString(
        file, FRAME.formatted("null", "null", byteLevel, byteLevel, json), StandardCharsets.UTF_8);
  }

  /** GPT-2's letter for a byte: itself if it can be seen, otherwise one of those from U+0100 on. */
  private static String letter(int wanted) {
    int further = 0x100;
    for (int b = 0; b < 256; b++) {
      boolean seen = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
      if (b == wanted) {
        return Character.toString(seen ? b : further);
      }
      further += seen ? 0 : 1;
    }
    throw new IllegalArgumentException("no byte: " + wanted);
  }
}
