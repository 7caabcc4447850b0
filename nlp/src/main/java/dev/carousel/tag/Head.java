package dev.carousel.tag;

import dev.carousel.model.MultiTask;

/** A task over the encoded sentences. */
sealed interface Head extends MultiTask.Head<TagTensors, EncodedBatch>
    permits TagHead, IntentHead {}
