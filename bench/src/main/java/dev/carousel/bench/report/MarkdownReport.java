package dev.carousel.bench.report;

import dev.carousel.bench.run.Breakdown;
import dev.carousel.bench.run.Contestant;
import dev.carousel.bench.run.Footprint;
import dev.carousel.bench.run.Outcome;
import dev.carousel.bench.run.Outcome.Measured;
import dev.carousel.bench.run.Outcome.NotMeasured;
import dev.carousel.bench.run.Results;
import dev.carousel.rnn.Precision;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The report for people. */
public final class MarkdownReport {
  private final Results results;
  private final Machine machine;
  private final Ratios ratios;
  private final StringBuilder text = new StringBuilder();

  private MarkdownReport(Results results, Machine machine) {
    this.results = results;
    this.machine = machine;
    this.ratios = new Ratios(results);
  }

  /** The whole text. */
  public static String of(Results results, Machine machine) {
    MarkdownReport report = new MarkdownReport(results, machine);
    report.line("# Recurrent networks on this machine").line("");
    report.facts();
    report.summary();
    report.rows();
    report.notMeasured();
    report.breakdowns();
    report.footprints();
    return report.text.toString();
  }

  private MarkdownReport line(String line) {
    text.append(line).append('\n');
    return this;
  }

  private void table(String... heads) {
    line("").line("| " + String.join(" | ", heads) + " |");
    line("|" + "---|".repeat(heads.length));
  }

  private void cells(String... cells) {
    line("| " + String.join(" | ", cells) + " |");
  }

  private void facts() {
    table("what", "");
    machine.facts().forEach((name, value) -> cells(name, "`" + value.replace("|", "/") + "`"));
    results.libraries().forEach((name, value) -> cells(name, value.replace("|", "/")));
  }

  private void summary() {
    line("").line("## Carousel beside the fastest rival of each row");
    line("");
    line("Above 1: quicker than every rival in single precision. Rivals are what a program on the");
    line("JVM can use instead; oneDNN's bare primitives are shown but are none.");
    table("threads", "in", "rows", "geometric mean", "least", "rows below 1");
    for (int threads : threads()) {
      for (Precision precision : Precision.values()) {
        List<Double> own = ratios.own(threads, precision);
        if (!own.isEmpty()) {
          cells(
              String.valueOf(threads),
              precision.name().toLowerCase(Locale.ROOT),
              String.valueOf(own.size()),
              Numbers.digits(ratios.mean(threads, precision)),
              Numbers.digits(own.stream().min(Double::compare).orElse(Double.NaN)),
              String.valueOf(own.stream().filter(r -> r < 1).count()));
        }
      }
    }
  }

  private Set<Integer> threads() {
    Set<Integer> threads = new TreeSet<>();
    results.outcomes().forEach(o -> threads.add(o.threads()));
    return threads;
  }

  private void rows() {
    for (int threads : threads()) {
      line("").line("## " + threads + (threads == 1 ? " thread" : " threads"));
      table(
          "row",
          "peer",
          "in",
          "median",
          "p10",
          "spread",
          "tokens/s",
          "GFLOP/s",
          "of the limit",
          "error",
          "fastest rival / this");
      for (Measured m : results.measured()) {
        if (m.threads() == threads) {
          row(m);
        }
      }
    }
  }

  private void row(Measured m) {
    Contestant who = m.contestant();
    String bold = who.own() ? "**" : "";
    cells(
        m.row().name(),
        bold + who.peer().name() + bold,
        who.arithmetic(),
        bold + Numbers.micros(m.medianMicros()) + bold,
        Numbers.micros(m.p10Micros()),
        Numbers.percent(m.spread()),
        String.format(Locale.ROOT, "%,.0f", m.tokensPerSecond()),
        Numbers.digits(m.gflops()),
        Numbers.percent(m.fraction()),
        Numbers.error(m.maxError()),
        who.own() ? ratios.againstRivals(m).map(Numbers::digits).orElse("no rival") : "");
  }

  private void notMeasured() {
    Set<String> seen = new LinkedHashSet<>();
    for (Outcome o : results.outcomes()) {
      if (o instanceof NotMeasured n) {
        seen.add(
            "| %s | %d | %s | %s |"
                .formatted(
                    n.row().name(), n.threads(), n.contestant(), n.reason().replace("|", "/")));
      }
    }
    if (!seen.isEmpty()) {
      line("").line("## Not measured, and why");
      table("row", "threads", "peer", "reason");
      seen.forEach(this::line);
    }
  }

  private void breakdowns() {
    if (results.breakdowns().isEmpty()) {
      return;
    }
    line("").line("## Where Carousel's time goes");
    line("");
    line(
        "*limit*: the row's matrix products alone, on packed weights, or for one sequence a plain");
    line("read of the weights at each step. *fixed*: the same call with one sequence of 8 units:");
    line(
        "Java, JNI and what a step costs whatever its size. *copies*, *packing*, *optimizer*: timed");
    line(
        "by themselves. *gates*: the arithmetic between the products alone, on as many threads, on");
    line(
        "tiles that stay in a near cache. *rest*: what these leave, memory traffic between steps and");
    line("what the products lose in their company; below zero where weights that stay in a cache");
    line("beat the limit. – was not measured.");
    table(
        "row",
        "threads",
        "in",
        "whole",
        "limit",
        "gates",
        "copies",
        "packing",
        "optimizer",
        "fixed",
        "rest");
    for (Breakdown b : results.breakdowns()) {
      cells(
          b.row().name(),
          String.valueOf(b.threads()),
          b.precision().name().toLowerCase(Locale.ROOT),
          Numbers.micros(b.whole()),
          Numbers.micros(b.limit()),
          part(b.parts(), "gates"),
          part(b.parts(), "copies"),
          part(b.parts(), "packing"),
          part(b.parts(), "optimizer"),
          Numbers.micros(b.fixed()),
          Numbers.micros(b.rest()));
    }
    implementations();
  }

  private static String part(Map<String, Double> parts, String name) {
    return Numbers.micros(parts.getOrDefault(name, Double.NaN));
  }

  private void implementations() {
    table("row", "in", "what Carousel and oneDNN say they run");
    Set<String> seen = new LinkedHashSet<>();
    for (Measured m : results.measured()) {
      if (!m.implementation().isEmpty()) {
        seen.add(
            "| %s | %s | %s |"
                .formatted(m.row().name(), m.contestant(), m.implementation().replace("|", "/")));
      }
    }
    seen.forEach(this::line);
  }

  private void footprints() {
    if (results.footprints().isEmpty()) {
      return;
    }
    line("").line("## Before the first answer");
    line("");
    line("Jars that Maven resolves; natives on disk after the first start; from the start of the");
    line(
        "process to the first answer when nothing is unpacked yet (later starts are the cold rows");
    line("above); the most memory the process held (VmHWM).");
    table("peer", "in", "threads", "jars, MiB", "unpacked, MiB", "first start", "peak memory, MiB");
    for (Footprint f : results.footprints()) {
      cells(
          f.contestant().peer().name(),
          f.contestant().arithmetic(),
          String.valueOf(f.threads()),
          Numbers.mebibytes(f.downloadBytes()),
          Numbers.mebibytes(f.unpackedBytes()),
          Numbers.micros(f.firstStartMicros()),
          Numbers.mebibytes(f.peakBytes()));
    }
  }
}
