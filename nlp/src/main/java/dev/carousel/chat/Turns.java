package dev.carousel.chat;

import dev.carousel.data.Dialogue;
import dev.carousel.data.DialogueSet;
import dev.carousel.data.PairSet;
import dev.carousel.data.ReadReport;
import dev.carousel.data.TextPair;
import java.util.ArrayList;
import java.util.List;

/**
 * The last turns of a conversation as one text.
 *
 * @param history how many
 */
record Turns(int history) {
  /** Between two turns: a symbol that no tokenizer joins with a word, and that nobody says. */
  private static final String BREAK = " \u241E ";

  /** The last turns, oldest first. */
  String join(List<String> turns) {
    return String.join(BREAK, turns.subList(Math.max(0, turns.size() - history), turns.size()));
  }

  /** Each turn but the first, with what was said before it. */
  PairSet pairs(DialogueSet dialogues) {
    List<TextPair> pairs = new ArrayList<>();
    for (Dialogue d : dialogues.dialogues()) {
      for (int i = 1; i < d.turns().size(); i++) {
        pairs.add(new TextPair(join(d.turns().subList(0, i)), d.turns().get(i)));
      }
    }
    return new PairSet(dialogues.name(), pairs, dialogues.sources(), ReadReport.CLEAN);
  }
}
