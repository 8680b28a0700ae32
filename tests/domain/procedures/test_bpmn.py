from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import SpiffWorkflow
from hypothesis import given, settings
from lxml import etree
from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser

from tinhgon.domain.procedures import Record, Step, to_bpmn, total_time, waits_for
from tinhgon.domain.procedures._layout import lay_out

from .records import COMPLETE, complete, hours, steps

NAMES = {
    "b": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "d": "http://www.omg.org/spec/BPMN/20100524/DI",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "t": "urn:tinhgon:procedures",
}


@cache
def schema() -> etree.XMLSchema:
    """Return the schema of BPMN 2.0 that the Object Management Group publishes."""
    folder = Path(SpiffWorkflow.__file__).parent / "bpmn" / "parser" / "schema"
    return etree.XMLSchema(file=str(folder / "BPMN20.xsd"))


def read(record: Record) -> etree._Element:
    written = to_bpmn(record)
    assert written is not None
    root = etree.fromstring(written)
    schema().assertValid(root)
    return root


def walk(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Let an engine run the process to its end; yield each step as it gets done, with its lane."""
    parser = BpmnParser()
    parser.add_bpmn_xml(root)
    workflow = BpmnWorkflow(parser.get_spec("Procedure"))
    workflow.do_engine_steps()
    while ready := workflow.get_tasks(state=TaskState.READY, manual=True):
        yield ready[0].task_spec.bpmn_id, ready[0].task_spec.lane
        ready[0].run()
        workflow.do_engine_steps()
    assert workflow.is_completed()


def found(root: etree._Element, path: str) -> list[etree._Element]:
    return list(root.iterfind(f".//{path}", NAMES))


def test_the_file_is_valid_and_an_engine_walks_it_to_the_end() -> None:
    assert list(walk(read(COMPLETE))) == [
        ("Step_1", "Văn thư"),
        ("Step_2", "Chuyên viên"),
        ("Step_3", "Sở Tài chính"),
        ("Step_4", "Trưởng phòng"),
    ]


@pytest.mark.parametrize("given_steps", [(), (Step(1, "A", after=(1,)),)])
def test_what_cannot_be_drawn_is_none(given_steps: tuple[Step, ...]) -> None:
    assert to_bpmn(complete(steps=given_steps)) is None


def test_it_says_who_does_what_in_what_time() -> None:
    root = read(COMPLETE)
    assert [p.get("name") for p in found(root, "b:participant")] == [COMPLETE.name]
    assert [lane.get("name") for lane in found(root, "b:lane")] == [
        "Văn thư",
        "Chuyên viên",
        "Sở Tài chính",
        "Trưởng phòng",
    ]
    tasks = found(root, "b:task")
    assert [task.get("name") for task in tasks] == [
        f"Bước {step.number}. {step.what}" for step in COMPLETE.steps
    ]
    assert tasks[0].findtext("b:documentation", namespaces=NAMES) == (
        "Tiếp nhận hồ sơ\nNgười thực hiện: Văn thư\nThời gian: 04 giờ làm việc\n"
        "Sản phẩm: Phiếu tiếp nhận"
    )
    own = tasks[0].find("b:extensionElements/t:step", NAMES)
    assert own is not None
    assert dict(own.items()) == {
        "number": "1",
        "amount": "4",
        "unit": "hour",
        "product": "Phiếu tiếp nhận",
    }


def test_a_bare_step_says_only_what_is_known() -> None:
    (task,) = found(read(Record("", steps=(Step(1, ""),))), "b:task")
    assert task.get("name") == "Bước 1"
    own = task.find("b:extensionElements/t:step", NAMES)
    assert own is not None
    assert dict(own.items()) == {"number": "1"}


def test_forks_and_joins_are_parallel_gateways() -> None:
    gateways = found(read(COMPLETE), "b:parallelGateway")
    assert [(g.get("id"), g.get("gatewayDirection")) for g in gateways] == [
        ("Fork_Step_1", "Diverging"),
        ("Join_Step_4", "Converging"),
    ]


def test_everything_stands_where_the_picture_has_it() -> None:
    root = read(COMPLETE)
    layout = lay_out(COMPLETE.steps)
    assert layout
    shapes = {
        shape.get("bpmnElement"): {k: int(v) for k, v in shape[0].attrib.items()}
        for shape in found(root, "d:BPMNShape")
    }
    elements = {each.get("id") for each in found(root, "b:process/*")} - {"Lanes"}
    edges = {edge.get("bpmnElement"): edge for edge in found(root, "d:BPMNEdge")}
    lanes = {lane.get("id") for lane in found(root, "b:lane")}
    assert shapes.keys() | edges.keys() == elements | lanes | {"Pool"}
    (strip,) = layout.strips
    shift = strip.nodes[0].rect.x - shapes["StartEvent"]["x"]
    for placed in strip.nodes:
        rect, shape = placed.rect, shapes[placed.node.id]
        assert (shape["x"] + shift, shape["y"]) == (rect.x, rect.y)
        assert (shape["width"], shape["height"]) == (rect.width, rect.height)
    for routed in strip.flows:
        points = [(int(p.get("x", "")) + shift, int(p.get("y", ""))) for p in edges[routed.flow.id]]
        assert points == list(routed.points)
    pool = shapes["Pool"]
    for place, lane in enumerate(strip.lanes, 1):
        shape = shapes[f"Lane_{place}"]
        assert (shape["y"], shape["height"]) == (lane.rect.y, lane.rect.height)
        assert shape["x"] + shape["width"] == pool["x"] + pool["width"]
        assert pool["x"] < shape["x"] < shapes["StartEvent"]["x"]


def test_a_long_name_is_cut_in_the_box_and_whole_in_the_documentation() -> None:
    what = " ".join(["Lấy ý kiến của các cơ quan, đơn vị có liên quan"] * 9)
    (task,) = found(read(Record("A", steps=(Step(1, what),))), "b:task")
    name = task.get("name") or ""
    assert name.startswith("Bước 1. Lấy ý kiến")
    assert name.endswith("…")
    assert len(name) < 150
    assert task.findtext("b:documentation", namespaces=NAMES) == what


def test_the_same_record_gives_the_same_bytes() -> None:
    assert to_bpmn(COMPLETE) == to_bpmn(complete(fee=COMPLETE.fee))


def test_words_of_people_cannot_become_markup() -> None:
    evil = '<task id="x"/>&"\x00\ud800'
    root = read(Record(evil, steps=(Step(1, evil, evil, hours(1), evil),)))
    (task,) = found(root, "b:task")
    assert task.get("name") == 'Bước 1. <task id="x"/>&"'
    assert list(walk(root)) == [("Step_1", '<task id="x"/>&"')]


@settings(max_examples=40)
@given(steps(most=12))
def test_any_steps_are_valid_and_done_in_their_order(given_steps: tuple[Step, ...]) -> None:
    record = Record("Thủ tục", steps=given_steps)
    if not given_steps or total_time(given_steps) is None:
        assert to_bpmn(record) is None
        return
    root = read(record)
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(set(ids)) == len(ids)
    done = [int(name.removeprefix("Step_")) for name, _ in walk(root)]
    assert sorted(done) == [step.number for step in given_steps]
    for number, waits in waits_for(given_steps).items():
        assert all(done.index(n) < done.index(number) for n in waits)
