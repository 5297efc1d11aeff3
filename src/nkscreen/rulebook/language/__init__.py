"""The language of conditions: a subset of CEL (Common Expression Language), typed and three-valued.

`parse` gives a tree, `check_condition` proves it right, `interpret` and `compile_questions` evaluate it.
"""

from nkscreen.rulebook.language.check import Scope, check_condition, item_problem, suggestion, type_of
from nkscreen.rulebook.language.closure import Question, compile_outcome, compile_questions
from nkscreen.rulebook.language.errors import ExpressionError
from nkscreen.rulebook.language.functions import FUNCTIONS, prepared
from nkscreen.rulebook.language.interpreter import Outcome, Witness, interpret
from nkscreen.rulebook.language.lexer import RESERVED
from nkscreen.rulebook.language.parser import parse
from nkscreen.rulebook.language.printer import to_text
from nkscreen.rulebook.language.tree import (
    Binary,
    Call,
    Items,
    Literal,
    Name,
    Node,
    Quantifier,
    Select,
    Unary,
    path_of,
    substitute,
    walk,
)
from nkscreen.rulebook.language.types import Basic, CodeText, HsPrefixes, ListOf, Object, Type

__all__ = [
    "FUNCTIONS",
    "RESERVED",
    "Basic",
    "Binary",
    "Call",
    "CodeText",
    "ExpressionError",
    "HsPrefixes",
    "Items",
    "ListOf",
    "Literal",
    "Name",
    "Node",
    "Object",
    "Outcome",
    "Quantifier",
    "Question",
    "Scope",
    "Select",
    "Type",
    "Unary",
    "Witness",
    "check_condition",
    "compile_outcome",
    "compile_questions",
    "interpret",
    "item_problem",
    "parse",
    "path_of",
    "prepared",
    "substitute",
    "suggestion",
    "to_text",
    "type_of",
    "walk",
]
