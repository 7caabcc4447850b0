package dev.carousel.bench.run;

import dev.carousel.bench.own.Reference;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.worker.Answer;
import java.util.HashMap;
import java.util.Map;

/** The right answers, each computed once. */
class Answers {
  private final Map<Row, Answer> known = new HashMap<>();

  /** The right answer of a row. */
  Answer of(Row row) throws Exception {
    Answer answer = known.get(row);
    if (answer == null) {
      answer = compute(row);
      known.put(row, answer);
    }
    return answer;
  }

  Answer compute(Row row) throws Exception {
    return Reference.answer(row, Runtime.getRuntime().availableProcessors());
  }
}
