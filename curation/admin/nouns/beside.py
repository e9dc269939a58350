"""Lists whose rows show what stands beside them: loaded for a whole page at once, never row by row."""

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList


class _Loaded(ChangeList):
    """A page of a list, with what its rows show beside themselves."""

    def get_results(self, request):
        super().get_results(request)
        self.result_list = list(self.result_list)
        self.model_admin.load_beside(self.result_list, request.user)


class Beside(admin.ModelAdmin):
    """A list that says in ``load_beside`` what its rows need besides their own columns."""

    list_per_page = 50
    show_full_result_count = False

    def get_changelist(self, request, **kwargs):
        return _Loaded

    def load_beside(self, rows: list, user) -> None:
        """Put on each row what its columns show to ``user``. Some queries for all of them."""
        raise NotImplementedError
