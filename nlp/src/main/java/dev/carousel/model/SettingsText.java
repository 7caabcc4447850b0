package dev.carousel.model;

import dev.carousel.nn.CellVariant;
import dev.carousel.rnn.Precision;
import dev.carousel.train.LayerGroup;
import dev.carousel.train.LayerGroups;
import dev.carousel.train.TrainingSettings;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Collects settings under their names on the command line, for {@link TaskSettings#describe}. Not
 * thread safe.
 */
public final class SettingsText {
  private final SortedMap<String, String> all = new TreeMap<>();

  /** Nothing yet. */
  public SettingsText() {}

  /** Adds one setting. */
  public SettingsText put(String flag, Object value) {
    all.put(flag, String.valueOf(value));
    return this;
  }

  /** Adds how a model learns. */
  public SettingsText training(TrainingSettings t) {
    if (!t.groups().equals(LayerGroups.ALL_ALIKE)) {
      put("unfreeze", t.groups().groups().stream().map(SettingsText::describe).toList());
    }
    if (t.selection() == null) {
      put("dev", "none");
    }
    return put("epochs", t.limits().epochs())
        .put("optimizer", t.rule())
        .put("schedule", t.schedule())
        .put("clip", t.clipNorm())
        .put("accumulate", t.accumulation())
        .put("seed", t.seed());
  }

  private static String describe(LayerGroup group) {
    return "%s from epoch %d at rate %s"
        .formatted(group.prefixes(), group.fromEpoch(), group.rateFactor());
  }

  /** Adds what cells do beside the plain ones. */
  public SettingsText cells(CellVariant cells) {
    return put("recurrent-dropout", cells.hiddenDropout())
        .put("candidate-dropout", cells.candidateDropout())
        .put("zoneout", cells.zoneout())
        .put("cell-zoneout", cells.cellZoneout())
        .put("wiring", cells.wiring());
  }

  /** Adds the arithmetic. */
  public SettingsText precision(Precision precision) {
    return put("precision", precision.name());
  }

  /** What was added, by name. */
  public SortedMap<String, String> toMap() {
    return new TreeMap<>(all);
  }
}
