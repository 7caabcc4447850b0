package dev.carousel.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.carousel.chat.KnownAnswers.Near;
import dev.carousel.chat.Reply.Origin;
import dev.carousel.data.Dialogue;
import dev.carousel.data.DialogueSet;
import dev.carousel.data.TextPair;
import dev.carousel.nn.EncoderDecoderSettings.Dropouts;
import dev.carousel.nn.EncoderDecoderSettings.Tying;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.text.Extent;
import dev.carousel.text.Normalizer;
import dev.carousel.text.WhitespaceTokenizer;
import dev.carousel.train.ConstantRate;
import dev.carousel.train.TrainingSettings;
import dev.carousel.translate.Language;
import dev.carousel.translate.Segmentation;
import dev.carousel.translate.TranslatorArchitecture;
import dev.carousel.translate.TranslatorArchitecture.Size;
import dev.carousel.translate.TranslatorLearning;
import dev.carousel.translate.TranslatorSettings;
import dev.carousel.translate.TranslatorSettings.Languages;
import dev.carousel.translate.VocabularySharing;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatBotTest {
  private static final DialogueSet SMALL_TALK =
      DialogueSet.of(
          "small talk",
          List.of(
              new Dialogue(List.of("hello there", "good day to you")),
              new Dialogue(List.of("i like cats", "why cats", "they sleep", "that is true")),
              new Dialogue(List.of("i like dogs", "why dogs", "they run", "that is tiring")),
              new Dialogue(List.of("what is your name", "my name is carousel")),
              new Dialogue(List.of("how old are you", "i was never born"))));

  private static final ChatOptions SURE = new ChatOptions(0.5, 0.5, 1, "no idea");

  private Backend backend;
  private ChatBot bot;

  static ChatSettings tiny(int epochs) {
    Language words =
        Language.of(new Segmentation.Fixed(new WhitespaceTokenizer(Normalizer.parse("none"))));
    TrainingSettings training = TranslatorLearning.DEFAULT.training();
    return ChatSettings.DEFAULT.withWriter(
        TranslatorSettings.DEFAULT
            .withText(new Languages(words, words, VocabularySharing.SHARED))
            .withArchitecture(
                TranslatorArchitecture.DEFAULT.withSize(new Size(16, 16, 1)).withTying(Tying.NONE))
            .withLearning(
                new TranslatorLearning(
                    4,
                    Dropouts.NONE,
                    0,
                    TranslatorLearning.DEFAULT.sampling(),
                    new TrainingSettings(
                        training.rule(),
                        new ConstantRate(0.02),
                        training.limits(),
                        training.clipNorm(),
                        1,
                        training.selection(),
                        1)))
            .withEpochs(epochs));
  }

  @BeforeAll
  void train() {
    backend = Backends.named("reference");
    bot = ChatBot.train(SMALL_TALK, SMALL_TALK, tiny(40), backend);
  }

  @AfterAll
  void close() {
    bot.close();
    backend.close();
  }

  @Test
  void itAnswersWhatItHasLearned() {
    Reply reply = bot.session(SURE).say("what is your name");
    assertThat(reply.text()).isEqualTo("my name is carousel");
    assertThat(reply.origin()).isEqualTo(Origin.WRITTEN);
    assertThat(reply.confidence()).isBetween(0.5, 1.0);
    ChatEvaluation measured = bot.evaluate(SMALL_TALK);
    assertThat(measured.writer().chrf().score()).isGreaterThan(80);
    int turns = SMALL_TALK.dialogues().stream().mapToInt(d -> d.turns().size() - 1).sum();
    assertThat(measured.figures().get("written").intValue()).isEqualTo(turns);
  }

  @Test
  void aSessionRemembersWhatWasSaid() {
    Session cats = bot.session(SURE);
    assertThat(cats.say("i like cats").text()).isEqualTo("why cats");
    assertThat(cats.say("they sleep").text()).isEqualTo("that is true");
    Session dogs = bot.session(SURE);
    assertThat(dogs.say("i like dogs").text()).isEqualTo("why dogs");
    assertThat(dogs.say("they run").text()).isEqualTo("that is tiring");
  }

  @Test
  void whereItIsUnsureItLooksForTheNearestQuestionAndElseDoesNotKnow() {
    ChatOptions neverSure = new ChatOptions(1, 0.6, 0, "no idea");
    Session session = bot.session(neverSure);
    Reply near = session.say("how old are you ?");
    assertThat(near.text()).isEqualTo("i was never born");
    assertThat(near.origin()).isEqualTo(Origin.RETRIEVED);
    assertThat(near.confidence()).isBetween(0.6, 1.0);
    Reply far = session.say("tell me about quantum gravity");
    assertThat(far.text()).isEqualTo("no idea");
    assertThat(far.origin()).isEqualTo(Origin.UNKNOWN);
    assertThat(session.say("").origin()).isEqualTo(Origin.UNKNOWN);
  }

  @Test
  void itCountsWhereItsAnswersComeFrom() {
    DialogueSet strange =
        DialogueSet.of(
            "strange",
            List.of(
                new Dialogue(List.of("quantum gravity quantum gravity", "yes")),
                new Dialogue(List.of("what is your name", "my name is carousel"))));
    ChatEvaluation measured = bot.evaluate(strange);
    Map<Origin, Integer> counts = new EnumMap<>(Origin.class);
    for (Dialogue d : strange.dialogues()) {
      Reply alone = bot.session(ChatOptions.DEFAULT).say(d.turns().get(0));
      counts.merge(alone.origin(), 1, Integer::sum);
    }
    for (Origin origin : Origin.values()) {
      assertThat(measured.count(origin)).isEqualTo(counts.getOrDefault(origin, 0));
    }
    assertThat(counts).containsKey(Origin.WRITTEN);
  }

  @Test
  void itDoesNotRepeatItself() {
    Session session = bot.session(new ChatOptions(0, 0.5, 3, "no idea"));
    String first = session.say("hello there").text();
    String second = session.say("hello there").text();
    String third = session.say("hello there").text();
    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
  }

  @Test
  void whatWasJustSaidIsReadHoweverLongTheTurnsBeforeItWere() {
    // the writer reads 256 tokens; what the bot says first has 300
    Session session = bot.session(new ChatOptions(1, 1, 0, "no idea ".repeat(150).strip()));
    assertThat(session.say("who knows").extent()).isEqualTo(new Extent(2, 2));
    assertThat(session.say("what is your name").extent()).isEqualTo(new Extent(4, 4));
    Reply cut = session.say("no ".repeat(300));
    assertThat(cut.extent()).isEqualTo(new Extent(256, 300));
  }

  @Test
  void aSavedBotSaysTheSame(@TempDir Path folder) {
    bot.save(folder.resolve("bot"));
    try (ChatBot loaded = ChatBot.load(folder.resolve("bot"), backend)) {
      ChatOptions neverSure = new ChatOptions(1, 0.3, 0, "no idea");
      for (String text : List.of("what is your name", "i like birds", "xyz", "")) {
        assertThat(loaded.session(SURE).say(text)).isEqualTo(bot.session(SURE).say(text));
        assertThat(loaded.session(neverSure).say(text)).isEqualTo(bot.session(neverSure).say(text));
      }
      assertThat(loaded.history()).isEqualTo(2);
    }
  }

  @Test
  void similarityIsTheCosineOfWeightedWords() {
    KnownAnswers known =
        new KnownAnswers(List.of(new TextPair("a b", "first"), new TextPair("a c", "second")));
    Near near = known.nearest("a b", 2).get(0);
    assertThat(near.answer()).isEqualTo("first");
    assertThat(near.similarity()).isCloseTo(1, within(1e-12));
    // a is in both questions: log 2; b and c in one of two: log 3
    double a = Math.log(2);
    double rare = Math.log(3);
    assertThat(known.nearest("a b", 2).get(1).similarity())
        .isCloseTo(a * a / (a * a + rare * rare), within(1e-12));
    assertThat(known.nearest("unheard of", 2)).isEmpty();
  }

  @Test
  void aTurnIsReadWithTheTurnsBeforeIt() {
    assertThat(new Turns(2).join(List.of("a", "b", "c"))).isEqualTo("b ␞ c");
    assertThat(new Turns(2).pairs(SMALL_TALK).pairs())
        .contains(
            new TextPair("hello there", "good day to you"),
            new TextPair("why cats ␞ they sleep", "that is true"));
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChatOptions(1.5, 0.5, 0, "x"))
        .withMessageContaining("1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ChatSettings(TranslatorSettings.DEFAULT, 0))
        .withMessageContaining("history");
  }
}
