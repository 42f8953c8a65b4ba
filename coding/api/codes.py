"""Code sets over the API: search, and one code with its place and instructions. Public tables, no patient."""

from datetime import date

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from coding.lexicon import LONGEST_QUERY
from coding.models import Code
from coding.queries import SEARCHED, code_page, search_codes

SYSTEMS = [(system.value, system.label) for system in SEARCHED]
MOST = 50


class CodeQuerySerializer(serializers.Serializer[dict[str, object]]):
    """What to search for."""

    q = serializers.CharField(
        max_length=LONGEST_QUERY, default="", allow_blank=True, help_text="A code's beginning, or words in any order."
    )
    on = serializers.DateField(required=False, help_text="The day of service; today when left out.")
    system = serializers.ChoiceField(SYSTEMS, required=False, help_text="One code system; all when left out.")
    headings = serializers.BooleanField(default=False, help_text="Also headings, which are not billed.")
    limit = serializers.IntegerField(min_value=1, max_value=MOST, default=12)


class DaySerializer(serializers.Serializer[dict[str, object]]):
    """On which day."""

    on = serializers.DateField(required=False, help_text="The day of service; today when left out.")


class CodeSerializer(serializers.ModelSerializer[Code]):
    """A code with its wording; `billable` is false for a heading."""

    class Meta:
        model = Code
        fields = ("system", "code", "wording", "billable")


class CodesSerializer(serializers.Serializer[dict[str, object]]):
    """Codes, the best first."""

    results = CodeSerializer(many=True)


class InstructionSerializer(serializers.Serializer[object]):
    """Lines of one kind. `stands_at` is the heading they come from, empty for the code's own."""

    kind = serializers.CharField(source="label")
    lines = serializers.ListField(child=serializers.CharField())
    stands_at = serializers.CharField()


class CodePageSerializer(serializers.Serializer[object]):
    """A code in its place. `above` begins with the outermost heading."""

    code = CodeSerializer()
    release = serializers.CharField(source="code.release")
    above = CodeSerializer(many=True)
    below = CodeSerializer(many=True)
    instructions = InstructionSerializer(many=True)


class CodeSearch(APIView):
    """Codes that fit a text on a day of service: misspelled, abbreviated and lay words are understood."""

    scopes = {"GET": "coding.read"}

    @extend_schema(operation_id="v1_codes_search", parameters=[CodeQuerySerializer], responses=CodesSerializer)
    def get(self, request: Request) -> Response:
        asked = CodeQuerySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        found = search_codes(
            said["q"],
            day=said.get("on") or timezone.localdate(),
            systems=[system for system in SEARCHED if system == said.get("system")],
            limit=said["limit"],
            headings=said["headings"],
        )
        return Response({"results": CodeSerializer(found, many=True).data})


class CodeDetail(APIView):
    """One code with what is above and below it and the instructions that hold for it."""

    scopes = {"GET": "coding.read"}

    @extend_schema(parameters=[DaySerializer], responses=CodePageSerializer)
    def get(self, request: Request, system: str, code: str) -> Response:
        asked = DaySerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        day: date = asked.validated_data.get("on") or timezone.localdate()
        found = code_page(system, code.upper(), day)
        if found is None:
            raise Http404
        return Response(CodePageSerializer(found).data)
