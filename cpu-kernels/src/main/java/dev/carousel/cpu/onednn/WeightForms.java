package dev.carousel.cpu.onednn;

import dev.carousel.rnn.WeightRole;
import java.util.ArrayList;
import java.util.List;

/**
 * Which packings the plans of one network read, and the packed weights that must have them. A plan
 * asks for a form when it is made and all weights of the network get it then, weights packed later
 * get every form asked for so far: so nothing is packed inside a call, and no packing is kept up to
 * date that no plan reads.
 */
final class WeightForms implements AutoCloseable {
  private final List<WeightForm> forms = new ArrayList<>();
  private final List<PackedRnnWeights> users = new ArrayList<>();

  /** The form of this layout, which is taken over or closed. */
  synchronized WeightForm require(WeightRole role, boolean upper, Layout layout) {
    for (WeightForm f : forms) {
      if (f.role() == role && f.upper() == upper && f.layout().matches(layout)) {
        layout.close();
        return f;
      }
    }
    WeightForm form = new WeightForm(forms.size(), role, upper, layout);
    forms.add(form);
    for (PackedRnnWeights user : users) {
      user.add(form);
    }
    return form;
  }

  /** Gives weights all forms there are and will be. */
  synchronized void join(PackedRnnWeights weights) {
    for (WeightForm form : forms) {
      weights.add(form);
    }
    users.add(weights);
  }

  synchronized void leave(PackedRnnWeights weights) {
    users.remove(weights);
  }

  @Override
  public synchronized void close() {
    for (WeightForm f : forms) {
      f.layout().close();
    }
    forms.clear();
  }
}
