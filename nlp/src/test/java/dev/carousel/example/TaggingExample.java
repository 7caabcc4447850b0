package dev.carousel.example;

// docs/tagging.md shows the lines from here …
import dev.carousel.data.*;
import dev.carousel.spi.*;
import dev.carousel.tag.*;
import java.nio.file.Path;

class TaggingExample {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    TaggedData all = ConllReader.read(folder.resolve("train.txt"), Columns.parse("token,_,tag"));
    TaggedData test = ConllReader.read(folder.resolve("test.txt"), Columns.parse("token,_,tag"));
    TaggedSplit split = all.tenth(1);
    TaggerSettings settings = TaggerSettings.DEFAULT.withEpochs(5);
    try (Backend backend = Backends.best();
        SequenceTagger tagger =
            SequenceTagger.train(split.train(), split.heldOut(), settings, backend)) {
      System.out.println(tagger.evaluate(test).summary());
      for (Span span : tagger.predict("The pound is expected to take a dive.").spans()) {
        System.out.println(
            span.label() + " " + span.start() + "-" + span.end() + " " + span.text());
      }
      tagger.save(folder.resolve("model"));
    }
  }
}
// … to here.
