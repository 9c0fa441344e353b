"""datatrove's removal of sentences or lines that stand twice, in runs of N: its signatures, its cutting.

    FOLDER OUT sentences|lines N

The merge of sorted signatures between the two steps is done in memory, a text at a time, as otherwise the texts of the
benchmark would be compared with each other. Its defaults are sentences and 3.
"""

from __future__ import annotations

import sys

import numpy as np
from datatrove.data import Document
from datatrove.pipeline.dedup.sentence_dedup import SentDedupConfig, SentenceDedupFilter, SentenceDedupSignature

from copies.peers.exchange import Answer, serve


def main() -> None:
    """Clean the folder."""
    config = SentDedupConfig(n_sentences=int(sys.argv[4]), split_sentences=sys.argv[3] == "sentences")
    signer = SentenceDedupSignature(output_folder=sys.argv[1], config=config, language="cmn_Hani")
    cutter = SentenceDedupFilter(data_folder=sys.argv[1], config=config, language="cmn_Hani")

    def clean(text: str) -> str:
        document = Document(text=text, id="0")
        seen: set[int] = set()
        again = []
        for value, _, number in signer.get_hashes(document, 0):
            if value in seen:
                again.append(number)
            seen.add(value)
        return str(cutter.remove_dup_sentences(document, np.array(sorted(again)))[0]) if again else text

    serve(lambda path, text: Answer(clean(text)))


if __name__ == "__main__":
    main()
