"""Drives a real Chromium for BrowserTests: one journey per call, results as JSON on stdout.

usage: browse.py planner ADDRESS LINK JOB FORBIDDEN SCREENSHOT_FOLDER
"""
import hashlib
import json
import os
import sys

from playwright.sync_api import sync_playwright


def planner(address, link, job, forbidden, folder):
    """Signs in by link, finds the report, sees its chart, downloads the CSV, and asks for two reports that answer 404."""
    found = {"hosts": [], "errors": []}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        page = context.new_page()
        page.on("request", lambda request: found["hosts"].append(request.url.split("/")[2]) if "://" in request.url else None)
        page.on("console", lambda message: found["errors"].append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: found["errors"].append(str(error)))
        page.goto(link)
        page.locator("main form button").first.click()
        page.wait_for_url(address + "/")
        page.get_by_role("link", name=job["title"]).first.click()
        page.wait_for_url(address + "/reports/" + job["name"])
        chart = page.locator("figure svg").first
        box = chart.bounding_box()
        found["chart"] = [box["width"], box["height"]]
        found["alternative"] = chart.locator("title").first.text_content()
        with page.expect_download() as download:
            page.locator(f'a[href$="/files/{job["file"]}"]').first.click()
        path = download.value.path()
        found["sha256"] = hashlib.sha256(open(path, "rb").read()).hexdigest()
        found["download"] = download.value.suggested_filename
        found["errors_before_404"] = list(found["errors"])
        answers = []
        for name in (forbidden, "no-such-report"):
            answer = page.goto(f"{address}/reports/{name}")
            answers.append([answer.status, page.content().replace(name, "NAME")])
        found["statuses"] = [status for status, _ in answers]
        found["same404"] = answers[0][1] == answers[1][1]
        for width, label in ((1280, "desktop"), (390, "phone")):
            for scheme in ("light", "dark"):
                page.set_viewport_size({"width": width, "height": 900})
                page.emulate_media(color_scheme=scheme)
                page.goto(f"{address}/reports/{job['name']}")
                overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                found[f"overflow_{label}_{scheme}"] = overflow
                if folder:
                    page.screenshot(path=os.path.join(folder, f"report-{label}-{scheme}.png"), full_page=True)
        browser.close()
    found["hosts"] = sorted(set(found["hosts"]))
    return found


if __name__ == "__main__":
    _, journey, address, link, job, forbidden, folder = sys.argv
    print(json.dumps({"planner": planner}[journey](address, link, json.loads(job), forbidden, folder)))
