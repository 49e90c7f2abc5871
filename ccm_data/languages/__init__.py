"""Words in the three languages of documents: sentences, dates, numbers, lists, and the names of states."""

from ccm_data.languages.names import Form, language_of
from ccm_data.languages.tongue import Tongue, phrase, tongue

__all__ = ["Form", "Tongue", "language_of", "phrase", "tongue"]
