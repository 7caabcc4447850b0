package dev.carousel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taggers from files to answers by the command line, on the reference backend. */
class TagWorkflowTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;
  private Path data;
  private Path model;

  @BeforeEach
  void writeData() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      text.append(i % 2 == 0 ? "Anna NNP B-PER\n" : "Linz NNP B-LOC\n");
      text.append("is VBZ O\n").append("old JJ O\n\n");
    }
    data = Files.writeString(folder.resolve("data.conll"), text);
    model = folder.resolve("model");
  }

  private Run train(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of("train", "tag", "--train", data.toString(), "--out", model.toString()));
    words.addAll(List.of("--backend", "reference", "--hidden", "6", "--embedding", "6"));
    words.addAll(List.of("--character-size", "4", "--batch", "4", "--lr", "0.03"));
    words.addAll(List.of("--dropout", "0", "--epochs", "3"));
    words.addAll(List.of(more));
    return Run.of(words.toArray(String[]::new));
  }

  private Run onReference(String input, String verb, String... more) {
    List<String> words = new ArrayList<>(List.of(verb, model.toString()));
    words.addAll(List.of(more));
    words.add("--backend=reference");
    return Run.reading(input, words.toArray(String[]::new));
  }

  @Test
  void trainEvalAndPredictAgree() throws IOException {
    Run trained = train("--columns", "token,_,tag", "--test", data.toString(), "--json");
    assertThat(trained.err()).contains("model saved");
    assertThat(trained.code()).isZero();
    JsonNode figures = JSON.readTree(trained.lastLine());
    assertThat(figures.get("f1").asDouble()).isGreaterThan(0.95);

    Run evaluated =
        onReference("", "eval", "--data", data.toString(), "--columns", "token,_,tag", "--json");
    assertThat(JSON.readTree(evaluated.lastLine()).get("f1")).isEqualTo(figures.get("f1"));

    Run conll = onReference("Linz is old\n\nAnna is\n", "predict");
    assertThat(conll.out()).isEqualTo("Linz\tB-LOC\nis\tO\nold\tO\n\n\nAnna\tB-PER\nis\tO\n\n");

    Run json = onReference(" Anna is old", "predict", "--json");
    JsonNode answer = JSON.readTree(json.lastLine());
    assertThat(answer.get("spans").get(0).toString())
        .isEqualTo("{\"label\":\"PER\",\"start\":1,\"end\":5,\"text\":\"Anna\"}");
  }

  @Test
  void furtherColumnsArePartOfTheModel() throws IOException {
    assertThat(train("--columns", "token,pos,chunk").code()).isZero();
    Run evaluated = onReference("", "eval", "--data", data.toString());
    assertThat(evaluated.out()).contains("PER").contains("F1");
    assertThat(onReference("", "gradients", "--data", data.toString()).out())
        .contains("Mean |dL/dh| of 40 texts");
    Run plain = onReference("Anna is old\n", "predict");
    assertThat(plain.code()).isEqualTo(1);
    assertThat(plain.err()).contains("pos").contains("--columns");
    Run conll =
        onReference("Anna NNP\nis VBZ\n\nLinz NNP B-X\n", "predict", "--columns", "token,pos,tag");
    assertThat(conll.out()).startsWith("Anna\tNNP\t").contains("Linz\tNNP\t");
    Run other = onReference("Anna NNP\n", "predict", "--columns", "token,chunk,tag");
    assertThat(other.err()).contains("further columns [chunk], the model reads [pos]");
  }

  @Test
  void aModelWithFurtherColumnsIsLookedIntoBySentencesThatHaveThem() throws IOException {
    assertThat(train("--columns", "token,pos,chunk").code()).isZero();
    String[] flags = {"-", "--columns", "token,pos,tag", "--saliency", "--token", "1", "--json"};
    Run inside = onReference("Anna NNP\nis VBZ\nold JJ\n", "inspect", flags);
    assertThat(inside.code()).as(inside.err()).isZero();
    JsonNode seen = JSON.readTree(inside.lastLine());
    assertThat(seen.get("layers").get(0).get("tokens").toString())
        .isEqualTo("[\"Anna\",\"is\",\"old\"]");
    assertThat(seen.get("saliency").get("gradientNorms")).hasSize(3);
    Run tagged = onReference("Anna NNP O\nis VBZ O\nold JJ O\n", "inspect", flags);
    assertThat(tagged.lastLine().replaceAll("\"text\":\"[^\"]*\"", ""))
        .isEqualTo(inside.lastLine().replaceAll("\"text\":\"[^\"]*\"", ""));
    Run flow = onReference("", "gradients", "--data", data.toString(), "--limit", "3");
    assertThat(flow.code()).as(flow.err()).isZero();
    assertThat(flow.out()).contains("of 3 texts");
    Run two = onReference("Anna NNP\n\nis VBZ\n", "inspect", flags);
    assertThat(two.code()).isEqualTo(2);
    assertThat(two.err()).contains("one sentence in CoNLL lines, and TEXT has several");
    Run plain = onReference("", "inspect", "Anna is old");
    assertThat(plain.err()).contains("pos").contains("--columns");
    Run narrow = onReference("Anna\n", "inspect", "-", "--columns", "token,pos,tag");
    assertThat(narrow.err()).contains("TEXT:1").contains("found 1");
  }

  @Test
  void rareTagsCanCountMoreWithASoftmaxOnly() throws IOException {
    String[] rare = {"--columns=token,_,tag", "--class-weights=balanced", "--focal-gamma=1"};
    Run refused = train(rare);
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("CRF").contains("softmax");
    Run trained = train(rare[0], rare[1], rare[2], "--decoder=softmax");
    assertThat(trained.code()).as(trained.err()).isZero();
    assertThat(model.resolve("provenance.json"))
        .content()
        .containsPattern("\"class-weights\" *: *\"BALANCED\"")
        .containsPattern("\"focal-gamma\" *: *\"1.0\"");
    Run other = train(rare[0], "--class-weights=none", rare[2], "--decoder=softmax", "--resume");
    assertThat(other.code()).isNotZero();
    assertThat(other.err()).contains("class-weights");
  }

  @Test
  void optionsOfAnotherTaskAreRefusedByName() {
    train("--columns", "token,_,tag");
    Run run = onReference("", "predict", "--top", "3");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("--top").contains("'tag'");
    assertThat(onReference("", "eval", "--data", data.toString(), "--format", "tsv").err())
        .contains("--format is not for models");
  }

  @Test
  void aLineWithTooFewColumnsIsNamed() {
    Run run = train("--columns", "token,tag");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("data.conll:1").contains("found 3");
  }

  @Test
  void sentencesWithBadLinesMayBeLeftOut() throws IOException {
    Files.writeString(data, "Anna\n\n" + Files.readString(data));
    Run run = train("--columns", "token,_,tag", "--skip-bad-rows");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err()).contains("data.conll:1: expected the 3 columns").contains("36 sentences");
    String[] flags = {"--data", data.toString(), "--columns", "token,_,tag", "--json"};
    assertThat(onReference("", "eval", flags).err()).contains("data.conll:1");
    Run lenient =
        onReference(
            "", "eval", "--data", data.toString(), "--columns", "token,_,tag", "--skip-bad-rows");
    assertThat(lenient.code()).as(lenient.err()).isZero();
    assertThat(lenient.err()).contains("data.conll:1");
  }

  @Test
  void slotsAndIntentsComeFromAFolder() throws IOException {
    Path slots = Files.createDirectory(folder.resolve("slots"));
    Files.writeString(slots.resolve("seq.in"), "fly to linz\nhow much\n".repeat(20));
    Files.writeString(slots.resolve("seq.out"), "O O B-city\nO O\n".repeat(20));
    Files.writeString(slots.resolve("label"), "flight\nfare\n".repeat(20));
    data = slots;
    Run trained = train("--decoder", "softmax", "--json");
    JsonNode figures = JSON.readTree(trained.lastLine());
    assertThat(figures.get("intentAccuracy").asDouble()).isEqualTo(1);
    assertThat(onReference("how much\n", "predict").out()).startsWith("# intent = fare\nhow\tO\n");
  }

  @Test
  void anIntentsWeightWithoutIntentsIsRefusedAndSoAreColumnsOfAFolder() throws IOException {
    Run weighed = train("--columns", "token,_,tag", "--intent-weight", "0.5");
    assertThat(weighed.code()).isEqualTo(1);
    assertThat(weighed.err()).contains("--intent-weight weighs the labels of sentences");
    data = Files.createDirectory(folder.resolve("slots"));
    Run columns = train("--columns", "token,tag");
    assertThat(columns.code()).isEqualTo(2);
    assertThat(columns.err()).contains("--columns is for CoNLL files");
  }

  @Test
  void pretrainedVectorsAreReadAndReported() throws IOException {
    Path vectors =
        Files.writeString(
            folder.resolve("v.txt"), "anna 1 2 3 4 5 6\nanna 1 2 3 4 5 6\nis 1 2 3 4 5 6\n");
    Run run =
        train("--columns", "token,_,tag", "--vectors", vectors.toString(), "--freeze-vectors");
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("2 of").contains("1 duplicates").contains("v.txt:2");
    assertThat(train("--columns", "token,_,tag", "--freeze-vectors").code()).isEqualTo(2);
  }
}
