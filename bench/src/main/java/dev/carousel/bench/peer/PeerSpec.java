package dev.carousel.bench.peer;

import dev.carousel.rnn.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A library that can be measured. Each is a Maven module {@code bench/peers/NAME} with a class path
 * of its own.
 *
 * @param name what a user calls it
 * @param adapter the class that drives it
 * @param title what it is, for reports
 * @param precisions what the adapter computes in
 * @param standing how it counts
 * @param jvm options that its process needs
 */
public record PeerSpec(
    String name,
    String adapter,
    String title,
    Set<Precision> precisions,
    Standing standing,
    List<String> jvm) {
  /** The name of our own. */
  public static final String OWN = "carousel";

  /** What the others are measured against; not a peer that can be asked for. */
  public static final PeerSpec CEILING =
      new PeerSpec(
          "ceiling",
          "dev.carousel.bench.peer.ceiling.CeilingPeer",
          "the machine's limit",
          Set.of(Precision.F32, Precision.BF16),
          Standing.BESIDE,
          List.of("--add-modules", "jdk.incubator.vector"));

  private static final Set<Precision> SINGLE = Set.of(Precision.F32);

  private static final List<PeerSpec> ALL =
      List.of(
          new PeerSpec(
              OWN,
              "dev.carousel.bench.own.CarouselPeer",
              "Carousel, backend cpu",
              Set.of(Precision.F32, Precision.BF16, Precision.INT8),
              Standing.OWN,
              List.of()),
          peer("onednn", "OneDnnPeer", "oneDNN's bare rnn primitives", Standing.BESIDE)
              .with(Precision.BF16),
          peer("libtorch", "LibtorchPeer", "PyTorch through bytedeco", Standing.RIVAL),
          peer("djl", "DjlPeer", "Deep Java Library on PyTorch", Standing.RIVAL),
          peer("onnxruntime", "OnnxRuntimePeer", "ONNX Runtime", Standing.RIVAL),
          peer("dl4j", "Dl4jPeer", "Deeplearning4j", Standing.RIVAL));

  /** How a peer counts. */
  public enum Standing {
    /** Ours. */
    OWN,
    /** What a user may pick instead. */
    RIVAL,
    /** Shown beside them. */
    BESIDE
  }

  private static PeerSpec peer(String name, String adapter, String title, Standing standing) {
    String type = "dev.carousel.bench.peer." + name + "." + adapter;
    return new PeerSpec(name, type, title, SINGLE, standing, List.of());
  }

  private PeerSpec with(Precision also) {
    Set<Precision> more = new LinkedHashSet<>(precisions);
    more.add(also);
    return new PeerSpec(name, adapter, title, more, standing, jvm);
  }

  /** All of them, ours first. */
  public static List<PeerSpec> all() {
    return ALL;
  }

  /** All names. */
  public static List<String> names() {
    return ALL.stream().map(PeerSpec::name).toList();
  }

  /**
   * Those of a comma-separated list, in the order of {@link #all}.
   *
   * @throws IllegalArgumentException naming an unknown one, and those there are
   */
  public static List<PeerSpec> named(String list) {
    List<String> wanted = Arrays.stream(list.split(",", -1)).map(String::trim).toList();
    List<String> unknown = new ArrayList<>(wanted);
    unknown.removeAll(names());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "no peer is called '%s'; there are %s"
              .formatted(unknown.get(0), String.join(", ", names())));
    }
    return ALL.stream().filter(p -> wanted.contains(p.name())).toList();
  }
}
