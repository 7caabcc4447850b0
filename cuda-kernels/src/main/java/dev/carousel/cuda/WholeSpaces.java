package dev.carousel.cuda;

import dev.carousel.rnn.RnnSpec;

/**
 * Where {@link WholeRun} keeps what, as offsets. What backward needs is kept in the reserve space,
 * or for inference at the start of the work space. Copies in another type exist only where cuDNN's
 * type is not F32.
 */
final class WholeSpaces {
  final long reserve;
  final long x;
  final long y;
  final long hx;
  final long cx;
  final long keptBytes;
  final long work;
  final long reserveCopy;
  final long dWeights;
  final long dx;
  final long dy;
  final long h;
  final long c;
  final long dh;
  final long dc;
  final long workBytes;

  WholeSpaces(RunShape shape, DnnNet net) {
    RnnSpec spec = shape.spec();
    long narrow = shape.narrow() ? 1 : 0;
    long states = narrow * shape.stateBytes(shape.blocks(), spec.stateSize());
    long cells = narrow * shape.stateBytes(shape.blocks(), spec.hiddenSize());
    Regions kept = new Regions();
    reserve = kept.take(net.sizes().reserve());
    x = kept.take(narrow * shape.sequenceBytes(spec.inputSize()));
    y = kept.take(narrow * shape.sequenceBytes(spec.outputSize()));
    hx = kept.take(states);
    cx = kept.take(cells);
    keptBytes = kept.bytes();
    Regions w = new Regions();
    w.take(shape.training() ? 0 : keptBytes);
    work = w.take(net.sizes().work());
    h = w.take(states);
    c = w.take(cells);
    long back = shape.training() ? 1 : 0;
    reserveCopy = w.take(back * net.sizes().reserve());
    dWeights = w.take(back * net.weightBytes());
    dx = w.take(back * shape.sequenceBytes(spec.inputSize()));
    dy = w.take(back * narrow * shape.sequenceBytes(spec.outputSize()));
    dh = w.take(back * states);
    dc = w.take(back * cells);
    workBytes = w.bytes();
  }
}
