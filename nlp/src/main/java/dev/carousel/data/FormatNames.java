package dev.carousel.data;

import dev.carousel.data.DataFormat.ColumnOrder;
import dev.carousel.data.DataFormat.HeaderRow;
import dev.carousel.data.DataFormat.TrecLabel;
import java.util.List;

/** The names by which {@link DataFormat#named} knows the formats. */
public final class FormatNames {
  /** Every accepted form; what stands in capitals is the user's own name. */
  public static final List<String> KNOWN =
      List.of(
          "tsv (= tsv:label,text)",
          "tsv:text,label",
          "tsv:label,text,header",
          "tsv:text,label,header",
          "csv (= csv:text,label)",
          "csv:TEXT_COLUMN,LABEL_COLUMN",
          "jsonl (= jsonl:text,label)",
          "jsonl:TEXT_KEY,LABEL_KEY",
          "fasttext",
          "trec (= trec:coarse)",
          "trec:fine",
          "sst2",
          "chnsenticorp (= tsv:text,label)",
          "sentiment-json");

  private FormatNames() {}

  static DataFormat parse(String spec) {
    int colon = spec.indexOf(':');
    if (colon >= 0) {
      return withArguments(spec, spec.substring(0, colon), spec.substring(colon + 1));
    }
    return switch (spec) {
      case "tsv" -> new DataFormat.Tsv(ColumnOrder.LABEL_TEXT, HeaderRow.ABSENT);
      case "csv" -> new DataFormat.Csv("text", "label");
      case "jsonl" -> new DataFormat.JsonLines("text", "label");
      case "fasttext" -> new DataFormat.FastText();
      case "trec" -> new DataFormat.Trec(TrecLabel.COARSE);
      case "sst2" -> new DataFormat.Sst2();
      case "chnsenticorp" -> DataFormat.CHN_SENTI_CORP;
      case "sentiment-json" -> new DataFormat.SentimentJson();
      default -> throw unknown(spec);
    };
  }

  private static DataFormat withArguments(String spec, String kind, String arguments) {
    return switch (kind) {
      case "tsv" -> tsv(spec, arguments);
      case "trec" -> trec(spec, arguments);
      case "csv" -> {
        String[] names = twoNames(spec, arguments);
        yield new DataFormat.Csv(names[0], names[1]);
      }
      case "jsonl" -> {
        String[] names = twoNames(spec, arguments);
        yield new DataFormat.JsonLines(names[0], names[1]);
      }
      default -> throw unknown(spec);
    };
  }

  private static DataFormat tsv(String spec, String arguments) {
    return switch (arguments) {
      case "label,text" -> new DataFormat.Tsv(ColumnOrder.LABEL_TEXT, HeaderRow.ABSENT);
      case "text,label" -> new DataFormat.Tsv(ColumnOrder.TEXT_LABEL, HeaderRow.ABSENT);
      case "label,text,header" -> new DataFormat.Tsv(ColumnOrder.LABEL_TEXT, HeaderRow.PRESENT);
      case "text,label,header" -> new DataFormat.Tsv(ColumnOrder.TEXT_LABEL, HeaderRow.PRESENT);
      default -> throw unknown(spec);
    };
  }

  private static DataFormat trec(String spec, String arguments) {
    return switch (arguments) {
      case "coarse" -> new DataFormat.Trec(TrecLabel.COARSE);
      case "fine" -> new DataFormat.Trec(TrecLabel.FINE);
      default -> throw unknown(spec);
    };
  }

  private static String[] twoNames(String spec, String arguments) {
    String[] names = arguments.split(",", -1);
    if (names.length != 2 || names[0].isBlank() || names[1].isBlank()) {
      throw unknown(spec);
    }
    return names;
  }

  private static IllegalArgumentException unknown(String spec) {
    return new IllegalArgumentException(
        "no data format '" + spec + "'; known formats: " + String.join(", ", KNOWN));
  }
}
