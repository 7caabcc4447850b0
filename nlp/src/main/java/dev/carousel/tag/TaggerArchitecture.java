package dev.carousel.tag;

import dev.carousel.nn.CellVariant;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;

/**
 * The shape of a tagger's network.
 *
 * @param embedding features of a word, at least 1
 * @param feature features of a value of a further column, and of a word's shape; at least 1
 * @param shapes whether a word's shape (capitals, digits) is a feature of its own
 * @param characters what a word's characters tell
 * @param recurrent the network over the sentence
 * @param decoder from scores to tags
 * @param scheme of the tags that are learned
 * @param table whether the words' features are learned too
 * @param attentionHeads heads of a self-attention layer over the recurrent part; 0 for none
 */
public record TaggerArchitecture(
    int embedding,
    int feature,
    Shapes shapes,
    CharacterSettings characters,
    Recurrence recurrent,
    TagDecoder decoder,
    SchemeChoice scheme,
    WordTable table,
    int attentionHeads) {

  /** Whether a word's shape is a feature. */
  public enum Shapes {
    /** No. */
    NONE,
    /** Yes. */
    EMBEDDED
  }

  /** What becomes of the words' features while the rest learns. */
  public enum WordTable {
    /** They are learned, from pretrained vectors if there are any. */
    TUNED,
    /** They stay the pretrained vectors; a word without one has zeros. */
    FROZEN
  }

  /** Which scheme is learned, whatever the data's. */
  public enum SchemeChoice {
    /** That of the data. */
    DATA,
    /** {@link TagScheme#BIO}. */
    BIO,
    /** {@link TagScheme#BIOES}. */
    BIOES,
    /** {@link TagScheme#BMES}. */
    BMES;

    /** The scheme to learn for data of another; plain tags are always learned as they are. */
    TagScheme of(TagScheme data) {
      return this == DATA || data == TagScheme.PLAIN ? data : TagScheme.valueOf(name());
    }
  }

  /**
   * The recurrent part.
   *
   * @param cell the recurrence
   * @param direction one or both ways
   * @param layers L, at least 1
   * @param hidden units H of a layer and direction, at least 1
   * @param cells what it does beside the plain cells
   */
  public record Recurrence(
      Cell cell, Direction direction, int layers, int hidden, CellVariant cells) {
    /** Checks the ranges. */
    public Recurrence {
      if (layers < 1 || hidden < 1) {
        throw new IllegalArgumentException(
            "layers and hidden must be at least 1, not " + layers + " and " + hidden);
      }
      cells.requireFits(cell);
    }

    /** Of plain cells. */
    public Recurrence(Cell cell, Direction direction, int layers, int hidden) {
      this(cell, direction, layers, hidden, CellVariant.PLAIN);
    }
  }

  /** A bidirectional LSTM of 200 units each way over words of 100 features, with a CRF. */
  public static final TaggerArchitecture DEFAULT =
      new TaggerArchitecture(
          100,
          20,
          Shapes.EMBEDDED,
          CharacterSettings.CNN,
          new Recurrence(Cell.LSTM, Direction.BIDIRECTIONAL, 1, 200),
          TagDecoder.CRF,
          SchemeChoice.DATA,
          WordTable.TUNED,
          0);

  /** Checks the ranges. */
  public TaggerArchitecture {
    if (embedding < 1 || feature < 1) {
      throw new IllegalArgumentException(
          "word and feature embedding must be at least 1, not " + embedding + " and " + feature);
    }
    if (attentionHeads < 0) {
      throw new IllegalArgumentException(
          "self-attention heads must be 0 or more, not " + attentionHeads);
    }
  }

  /** The same with words of so many features. */
  public TaggerArchitecture withEmbedding(int other) {
    return new TaggerArchitecture(
        other, feature, shapes, characters, recurrent, decoder, scheme, table, attentionHeads);
  }

  /** The same with these characters. */
  public TaggerArchitecture withCharacters(CharacterSettings other) {
    return new TaggerArchitecture(
        embedding, feature, shapes, other, recurrent, decoder, scheme, table, attentionHeads);
  }

  /** The same with this recurrent part. */
  public TaggerArchitecture withRecurrent(Recurrence other) {
    return new TaggerArchitecture(
        embedding, feature, shapes, characters, other, decoder, scheme, table, attentionHeads);
  }

  /** The same with this decoder. */
  public TaggerArchitecture withDecoder(TagDecoder other) {
    return new TaggerArchitecture(
        embedding, feature, shapes, characters, recurrent, other, scheme, table, attentionHeads);
  }

  /** The same, learning tags of this scheme. */
  public TaggerArchitecture withScheme(SchemeChoice other) {
    return new TaggerArchitecture(
        embedding, feature, shapes, characters, recurrent, decoder, other, table, attentionHeads);
  }

  /** The same with a table like this. */
  public TaggerArchitecture withTable(WordTable other) {
    return new TaggerArchitecture(
        embedding, feature, shapes, characters, recurrent, decoder, scheme, other, attentionHeads);
  }

  /** The same with so many heads of self-attention; 0 for none. */
  public TaggerArchitecture withAttentionHeads(int heads) {
    return new TaggerArchitecture(
        embedding, feature, shapes, characters, recurrent, decoder, scheme, table, heads);
  }
}
