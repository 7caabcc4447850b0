package dev.carousel.cli;

import dev.carousel.model.Inspection;
import dev.carousel.spi.Backend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code carousel inspect}: a look inside a model while it reads a text. */
@Command(
    name = "inspect",
    header = "Look inside a model while it reads a text: gates, attention, what mattered.",
    description = {
      "For each direction of each recurrent layer a line a token: the means of the gates over the",
      "units (of magnitudes where there is a sign), how much h changes, and which units change",
      "most. Gates are computed again in double from the weights; how far the backend's own",
      "outputs are from that stands below."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Example:",
      "  carousel inspect model 'What is the capital of Peru?' --saliency",
      "  carousel inspect tagger - --columns token,pos,tag < sentence.conll",
      "  carousel inspect model 'To be' --layer 1 --units 0-31 --png pictures",
    })
final class InspectCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "A model that 'carousel train' saved.")
  private Path model;

  @Parameters(
      index = "1",
      paramLabel = "TEXT",
      description = "What it reads; - takes it from standard input.")
  private String text;

  @Mixin private InspectFlags flags;

  @Option(
      names = "--png",
      paramLabel = "FOLDER",
      description = {
        "Draw a picture a gate, tokens down and units across, and the attention maps.",
        "At most 400 tokens and 512 units are drawn, and it is said what is left out."
      })
  private @Nullable Path pictures;

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "Columns of a line of text (default: the terminal's, in files 100).")
  private @Nullable Integer width;

  @Option(
      names = "--json",
      description = "Print one JSON object: every gate as [tokens, units], attention, saliency.")
  private boolean json;

  @Mixin private BackendFlags backends;

  InspectCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Usage.of(spec, flags::options);
    Screen screen = Usage.of(spec, this::screen);
    ModelKind kind = ModelKinds.of(model);
    ModelKinds.requireHeeded(kind, spec);
    try (Backend backend = backends.open();
        LoadedModel loaded = kind.load(model, backend, backends.asked())) {
      String read = read();
      Inspection inside = Usage.of(spec, () -> loaded.inspect(read, flags));
      List<ShownLayer> layers = Usage.of(spec, () -> ShownLayer.of(inside, flags.choice()));
      if (pictures != null) {
        new InspectionPictures(pictures, console).draw(inside, layers);
      }
      if (json) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("task", kind.task());
        fields.put("text", read);
        fields.putAll(InspectionJson.of(inside, layers));
        console.json(fields);
      } else {
        new InspectionText(console.out(), screen).print(inside, layers);
      }
      return 0;
    }
  }

  private Screen screen() {
    if (json && width != null) {
      throw new IllegalArgumentException("--width is about text, --json prints an object");
    }
    Screen standard = Screen.ofStandardOutput();
    return width == null ? standard : standard.withColumns(width);
  }

  private String read() throws IOException {
    return text.equals("-")
        ? new String(console.in().readAllBytes(), StandardCharsets.UTF_8).strip()
        : text;
  }
}
